namespace DbMove.Mapping;

/// <summary>The bytes of arrays: after the first byte, four bytes of how many elements they have, then each as a value of its type.</summary>
public partial struct RowHash
{
    /// <summary>Adds an array, element by element.</summary>
    public void Add(bool[]? values)
    {
        AddStart(values);
        foreach (bool value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(short[]? values)
    {
        AddStart(values);
        foreach (short value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(int[]? values)
    {
        AddStart(values);
        foreach (int value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(long[]? values)
    {
        AddStart(values);
        foreach (long value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(float[]? values)
    {
        AddStart(values);
        foreach (float value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(double[]? values)
    {
        AddStart(values);
        foreach (double value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(decimal[]? values)
    {
        AddStart(values);
        foreach (decimal value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(Guid[]? values)
    {
        AddStart(values);
        foreach (Guid value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element.</summary>
    public void Add(string[]? values)
    {
        AddStart(values);
        foreach (string value in values ?? [])
        {
            Add(value);
        }
    }

    /// <summary>Adds an array, element by element, bit by bit.</summary>
    public void AddIdentical(float[]? values)
    {
        AddStart(values);
        foreach (float value in values ?? [])
        {
            AddIdentical(value);
        }
    }

    /// <summary>Adds an array, element by element, bit by bit.</summary>
    public void AddIdentical(double[]? values)
    {
        AddStart(values);
        foreach (double value in values ?? [])
        {
            AddIdentical(value);
        }
    }

    /// <summary>Adds an array, element by element, with the scale of each.</summary>
    public void AddIdentical(decimal[]? values)
    {
        AddStart(values);
        foreach (decimal value in values ?? [])
        {
            AddIdentical(value);
        }
    }

    private void AddStart(Array? values)
    {
        AddPresence(values is not null);
        if (values is not null)
        {
            AddCount(values.Length);
        }
    }
}
