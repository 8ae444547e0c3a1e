using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>An age is a time span that is not negative.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateAgeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan age && age < TimeSpan.Zero)
        {
            throw new ValidationMetadataException("An age cannot be negative. Give it as in 12:00:00 for twelve hours, or 7.00:00:00 for a week.");
        }
    }
}
