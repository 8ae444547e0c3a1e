namespace IocEnrich.Benchmarks.Measuring;

/// <summary>A table in markdown, so that what is printed can stand in the documentation as it is.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    internal void Add(params string[] cells) => _rows.Add(cells);

    internal void Print()
    {
        int[] widths = [.. heads.Select((head, column) => _rows.Select(row => row[column].Length).Append(head.Length).Max())];
        PrintRow(heads, widths);
        PrintRow([.. widths.Select(static (width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths);
        _rows.ForEach(row => PrintRow(row, widths));
        Console.WriteLine();
    }

    private static void PrintRow(string[] cells, int[] widths) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |");
}
