using System.Management.Automation;

namespace IocEnrich.PowerShell.Input;

/// <summary>The objects that a walk is inside of, from the input to where it is: bounded, and none of them twice.</summary>
internal sealed class InputPath
{
    /// <summary>How deep a walk goes. Exports nest half as deep.</summary>
    internal const int Deepest = 32;

    private readonly List<object> _objects = [];

    /// <summary>Whether it is as deep as a walk goes.</summary>
    internal bool IsFull => _objects.Count == Deepest;

    /// <summary>Goes into an object.</summary>
    /// <returns><see langword="false"/> if the walk is in it already, or deep enough.</returns>
    internal bool TryEnter(object? item)
    {
        // What PowerShell makes up has one base object for all: there the wrapping is the object.
        object identity = item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item ?? this;
        if (IsFull)
        {
            return false;
        }

        foreach (object outer in _objects)
        {
            if (ReferenceEquals(outer, identity))
            {
                return false;
            }
        }

        _objects.Add(identity);
        return true;
    }

    internal void Leave() => _objects.RemoveAt(_objects.Count - 1);
}
