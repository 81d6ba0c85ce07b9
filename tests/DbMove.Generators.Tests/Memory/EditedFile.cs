using System.Text;

namespace DbMove.Generators.Tests.Memory;

/// <summary>A file with places that can be written in several ways: <c>«first¦second»</c>. The first way is the usual one.</summary>
internal sealed class EditedFile
{
    private readonly string[][] _parts;
    private readonly int[] _chosen;
    private (int At, int Length, string Text)? _slip;

    public EditedFile(string path, string template)
    {
        Path = path;
        // Text and places by turns.
        _parts = [.. template.Split('«', '»').Select((part, index) => index % 2 == 0 ? [part] : part.Split('¦'))];
        _chosen = new int[_parts.Length];
    }

    public string Path { get; }

    public string Text()
    {
        StringBuilder text = new();
        for (int part = 0; part < _parts.Length; part++)
        {
            text.Append(_parts[part][_chosen[part]]);
        }

        if (_slip is { } slip)
        {
            int at = slip.At % text.Length;
            text.Remove(at, Math.Min(slip.Length, text.Length - at)).Insert(at, slip.Text);
        }

        return text.ToString();
    }

    /// <summary>Whether every place is written in its usual way.</summary>
    public bool IsUsual => _slip is null && Array.TrueForAll(_chosen, static way => way == 0);

    /// <summary>Writes one place in another way.</summary>
    public void Edit(Random random)
    {
        int place = Pick(random, part => _parts[part].Length > 1);
        _chosen[place] = (_chosen[place] + 1 + random.Next(_parts[place].Length - 1)) % _parts[place].Length;
    }

    /// <summary>Types over some characters, as one does in the middle of typing.</summary>
    public void Slip(Random random)
    {
        string[] typed = ["", "", "{", "}", ";", ")", "<", "\"", "//", "/*", "#if ALT\n", "#nullable disable\n", " class ", " partial ", " field ", " x", "\n", "["];
        _slip = (random.Next(10_000), random.Next(3), typed[random.Next(typed.Length)]);
    }

    /// <summary>Takes back what was typed over, or writes one place in its usual way again.</summary>
    public void Restore(Random random)
    {
        if (_slip is null)
        {
            _chosen[Pick(random, part => _chosen[part] != 0)] = 0;
        }

        _slip = null;
    }

    private int Pick(Random random, Func<int, bool> filter)
    {
        int[] places = [.. Enumerable.Range(0, _parts.Length).Where(filter)];
        return places[random.Next(places.Length)];
    }
}
