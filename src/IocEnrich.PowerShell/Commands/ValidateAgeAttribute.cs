using System.Management.Automation;

namespace IocEnrich.PowerShell.Commands;

/// <summary>An age is a time span that is not negative, and not a number that was meant for days.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateAgeAttribute : ValidateArgumentsAttribute
{
    private const string How = "Use a time span such as 12:00:00 for twelve hours, or 7.00:00:00 for a week.";

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan age && age < TimeSpan.Zero)
        {
            throw new ValidationMetadataException("An age cannot be negative. " + How);
        }

        // PowerShell takes a bare number for ticks, of which a second has ten million: who writes 7 means days.
        if (arguments is TimeSpan { Ticks: > 0 and < TimeSpan.TicksPerMillisecond })
        {
            throw new ValidationMetadataException("That is less than a millisecond, because a bare number means ticks. " + How);
        }
    }
}
