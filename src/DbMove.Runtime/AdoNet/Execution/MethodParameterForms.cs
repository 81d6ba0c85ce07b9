using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>
/// A parameter is bound once, in the form of the first column that it meets: whatever columns it meets besides must keep values alike,
/// or the same value is found in one of them and not in the other.
/// </summary>
internal static class MethodParameterForms
{
    /// <exception cref="InvalidOperationException">A parameter meets columns of one side that keep values in different forms.</exception>
    public static void Check(MethodCall call, Side side)
    {
        foreach (SqlParameterSlot slot in call.Statement.Parameters)
        {
            if (slot.On(side) is not (>= 0 and int first) || Find(call, side, first) is not { } column)
            {
                continue;
            }

            foreach (int ordinal in slot.OthersOn(side))
            {
                if (Find(call, side, ordinal) is { } other && Form(call, ordinal, other) != Form(call, first, column))
                {
                    throw new InvalidOperationException(
                        $"{call.Statement.Method} uses @{slot.Name} for the columns '{column.Name}' and '{other.Name}', and the {side.ToWireName()} keeps them as {column.DeclaredType} and {other.DeclaredType}, which hold the same value in different forms. Take a parameter for each, or declare both columns alike.");
                }
            }
        }
    }

    private static ColumnSchema? Find(MethodCall call, Side side, int ordinal) =>
        call.Entity.Tables[(int)side].FindColumn(call.Entity.Descriptor.Columns[ordinal].NameOn(side));

    /// <summary>What of a column decides how a value is bound. Whole numbers are the same in every column of numbers.</summary>
    private static (StorageKind Kind, int? Bits, bool IsPadded) Form(MethodCall call, int ordinal, ColumnSchema schema)
    {
        bool isWhole = call.Entity.Descriptor.Columns[ordinal].Type is ColumnType.Byte or ColumnType.SByte or ColumnType.Int16 or ColumnType.UInt16
            or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64;
        return isWhole && schema.Kind is (StorageKind.Integer or StorageKind.Decimal or StorageKind.Float)
            ? (StorageKind.Integer, null, false)
            : (schema.Kind, schema.Kind == StorageKind.Float ? schema.Bits : null, schema.IsPadded);
    }
}
