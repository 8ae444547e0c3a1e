using System.Diagnostics;
using System.Globalization;
using IocEnrich.Benchmarks.Corpora;
using IocEnrich.Benchmarks.Measuring;
using IocEnrich.Engine.Documents;

namespace IocEnrich.Benchmarks.Harnesses;

/// <summary>Judges the rules by material that nobody here wrote: every file of a folder, read as Find-Ioc reads it.</summary>
internal static class Corpus
{
    internal static int Run(string folder, Options options)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}.");
            return 2;
        }

        CorpusEntry[] found = Search(folder);
        if (options.Text("out") is { } path)
        {
            using StreamWriter writer = new(path);
            foreach (CorpusEntry entry in found)
            {
                writer.WriteLine(entry);
            }
        }

        if (options.Text("truth") is not { } truth)
        {
            PrintCounts(found);
            return 0;
        }

        using StreamReader reader = new(truth);
        Print(CorpusScore.Of(found, [.. CorpusEntry.Read(reader)]), options.Whole("show", 5));
        return 0;
    }

    private static CorpusEntry[] Search(string folder)
    {
        List<DocumentNote> notes = [];
        List<CorpusEntry> found = [];
        DocumentSearch search = new(new IndicatorExtractorOptions(), encoding: null, notes.Add);
        long bytes = 0;
        int files = 0;
        int unreadable = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            try
            {
                found.AddRange(search.InFile(file, CancellationToken.None)
                    .Select(occurrence => new CorpusEntry(name, occurrence.Line, occurrence.Type.ToString(), occurrence.Value)));
                bytes += new FileInfo(file).Length;
                files++;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable++;
                Console.Error.WriteLine($"{name}: {exception.Message}");
            }
        }

        double seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{files:N0} files, {bytes / 1e6:N1} MB in {seconds:N1} s ({bytes / 1e6 / seconds:N1} MB/s); {unreadable:N0} cannot be read; {found.Count:N0} occurrences; {notes.Count(static note => note.Kind != DocumentNoteKind.MailNotReadToItsEnd):N0} in a guessed encoding."));
        Console.WriteLine();
        return [.. found];
    }

    private static void PrintCounts(CorpusEntry[] found)
    {
        Table table = new("type", "occurrences", "distinct");
        foreach (IGrouping<string, CorpusEntry> type in found.GroupBy(static entry => entry.Type).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            table.Add(type.Key, Number(type.Count()), Number(type.Select(static entry => entry.Value).Distinct().Count()));
        }

        table.Print();
    }

    private static void Print(IReadOnlyList<CorpusScore> scores, int show)
    {
        Table table = new("type", "truth", "found", "missed", "altered", "false", "found %");
        foreach (CorpusScore score in scores)
        {
            int truth = score.Found.Count + score.Missed.Count + score.Altered.Count;
            table.Add(
                score.Type,
                Number(truth),
                Number(score.Found.Count),
                Number(score.Missed.Count),
                Number(score.Altered.Count),
                Number(score.False.Count),
                truth == 0 ? "" : (100.0 * score.Found.Count / truth).ToString("0.000", CultureInfo.InvariantCulture));
        }

        table.Print();
        foreach (CorpusScore score in scores)
        {
            score.Missed.Take(show).ToList().ForEach(static entry => Console.WriteLine($"missed   {entry}"));
            score.Altered.Take(show).ToList().ForEach(static pair => Console.WriteLine($"altered  {pair.Truth}\n      -> {pair.Instead.Value}"));
            score.False.Take(show).ToList().ForEach(static entry => Console.WriteLine($"false    {entry}"));
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
