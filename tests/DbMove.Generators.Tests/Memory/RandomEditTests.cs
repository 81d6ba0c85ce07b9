using System.Collections.Concurrent;

namespace DbMove.Generators.Tests.Memory;

/// <summary>
/// Through random edits of a project, after each of them: the driver that was kept through all of them makes, byte by byte and in the
/// same order, what a new one makes that remembers nothing.
/// </summary>
public sealed class RandomEditTests
{
    private const int Projects = 60;
    private const int Edits = 12;

    [Fact]
    public void What_is_remembered_is_what_a_new_run_makes()
    {
        ConcurrentBag<string> failures = [];
        int maps = 0;
        int changes = 0;
        Parallel.For(0, Projects, seed =>
        {
            EditedProject project = new(seed);
            List<string> edits = ["the beginning"];
            IReadOnlyList<string> before = [];
            for (int edit = 0; edit <= Edits; edit++)
            {
                IReadOnlyList<string> kept = project.Kept();
                IReadOnlyList<string> fresh = project.Fresh();
                if (!kept.SequenceEqual(fresh))
                {
                    failures.Add($"Seed {seed}, after {string.Join("; ", edits)}.\n{Difference(kept, fresh)}");
                    return;
                }

                Interlocked.Add(ref maps, kept.Count(file => file.Contains(".Map.g.cs\n", StringComparison.Ordinal)));
                Interlocked.Add(ref changes, kept.SequenceEqual(before) ? 0 : 1);
                before = kept;
                edits.Add(project.Edit());
            }
        });

        Assert.True(failures.IsEmpty, string.Join("\n", failures));
        // Where hardly anything is right, or everything changes or stays, nothing is proved.
        const int Runs = Projects * (Edits + 1);
        Assert.True(maps > Runs / 2 && changes > Runs / 4 && changes < Runs * 3 / 4, $"{Runs} runs, {maps} maps, {changes} changes");
    }

    private static string Difference(IReadOnlyList<string> kept, IReadOnlyList<string> fresh) =>
        $"Kept only:\n{string.Join('\n', kept.Except(fresh))}\nNew only:\n{string.Join('\n', fresh.Except(kept))}";
}
