using System.Collections;

namespace IocEnrich.PowerShell.Input;

/// <summary>The items of a list of somebody else, up to where its enumerator throws.</summary>
internal sealed class GuardedList(IEnumerable values) : IDisposable
{
    private IEnumerator? _items;

    /// <summary>What the enumerator threw.</summary>
    internal Exception? Failure { get; private set; }

    internal object? Current { get; private set; }

    internal bool MoveNext()
    {
        try
        {
            _items ??= values.GetEnumerator();
            if (!_items.MoveNext())
            {
                return false;
            }

            Current = _items.Current;
            return true;
        }
        catch (Exception exception) when (ForeignCode.IsItsOwn(exception))
        {
            Failure = exception;
            return false;
        }
    }

    public void Dispose() => (_items as IDisposable)?.Dispose();
}
