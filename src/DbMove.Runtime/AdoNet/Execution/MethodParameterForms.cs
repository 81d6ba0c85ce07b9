using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>
/// A parameter is bound once, in the form of the first column that it meets: whatever columns it meets besides must take the same, or it is
/// found in one of them and not in the other. What the compiler cannot see of that is checked when the method is first used.
/// </summary>
internal static class MethodParameterForms
{
    /// <summary>Checks both sides: a method that the target does not take is known before the switch.</summary>
    /// <exception cref="InvalidOperationException">
    /// A parameter meets columns of one side that keep values in different forms, or is compared by order with numbers that a column keeps as texts.
    /// </exception>
    public static void Check(MethodCall call)
    {
        foreach (SqlParameterSlot slot in call.Statement.Parameters)
        {
            Check(call, Side.Source, slot);
            Check(call, Side.Target, slot);
        }
    }

    private static void Check(MethodCall call, Side side, SqlParameterSlot slot)
    {
        if (slot.On(side) is not (>= 0 and int first) || Find(call, side, first) is not { } column)
        {
            return;
        }

        CheckOrder(call, side, slot, first, column);
        foreach (int ordinal in slot.OthersOn(side))
        {
            if (Find(call, side, ordinal) is not { } other)
            {
                continue;
            }

            CheckOrder(call, side, slot, ordinal, other);
            if (!call.Entity.BindsAlike(side, first, ordinal))
            {
                throw new InvalidOperationException(
                    $"{call.Statement.Method} uses @{slot.Name} for the columns '{column.Name}' and '{other.Name}', and the {side.ToWireName()} keeps them as {column.DeclaredType} and {other.DeclaredType}, which take the same value in different forms. Take a parameter for each, or declare both columns alike.");
            }
        }
    }

    /// <summary>'100.0' is less than '20.0': of decimals in a column of texts only the equal ones can be found.</summary>
    private static void CheckOrder(MethodCall call, Side side, SqlParameterSlot slot, int ordinal, ColumnSchema schema)
    {
        if (slot.IsOrdered && call.Entity.Descriptor.Columns[ordinal].Type == ColumnType.Decimal && schema.Kind is (StorageKind.Text or StorageKind.Any))
        {
            throw new InvalidOperationException(
                $"{call.Statement.Method} compares column '{schema.Name}' with @{slot.Name} by order, and on the {side.ToWireName()} that column keeps decimals as texts, of which '100.0' is less than '20.0'. Compare a number, such as CAST({schema.Name} AS REAL), or declare the column DECIMAL.");
        }
    }

    private static ColumnSchema? Find(MethodCall call, Side side, int ordinal) =>
        call.Entity.Tables[(int)side].FindColumn(call.Entity.Descriptor.Columns[ordinal].NameOn(side));
}
