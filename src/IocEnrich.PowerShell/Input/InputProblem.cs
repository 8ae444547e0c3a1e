namespace IocEnrich.PowerShell.Input;

/// <summary>Why an input object gave no indicator.</summary>
/// <param name="Input">The object as it came.</param>
/// <param name="Kind">Objects of one kind share one error: the type and the columns.</param>
/// <param name="Singular">The sentence for one such object.</param>
/// <param name="Plural">What is said of several, behind their number: <c>objects of the type X hold no indicator …</c>.</param>
internal sealed record InputProblem(object? Input, string Kind, string Singular, string Plural);
