using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>A value that the database makes must be made on whichever side has the authority, and be writable on the other.</summary>
internal static class GeneratedValueRules
{
    public static void Check(EntitySchema entity, SchemaFindings findings)
    {
        foreach (MappedColumn column in entity.Columns)
        {
            if (column is { Source: { } source, Target: { } target } && source.IsComputed != target.IsComputed)
            {
                (Side computed, Side plain) = source.IsComputed ? (Side.Source, Side.Target) : (Side.Target, Side.Source);
                findings.Refuse(
                    $"{entity.ColumnText(computed, column)} is computed by the database, and {entity.OtherColumnText(plain, column)} is not, so neither side could take the other's value; compute it on both sides or on neither");
            }

            CheckSide(entity, column, Side.Source, findings);
            CheckSide(entity, column, Side.Target, findings);
        }
    }

    private static void CheckSide(EntitySchema entity, MappedColumn column, Side side, SchemaFindings findings)
    {
        if (column.On(side) is not { IsComputed: false } schema || column.Descriptor.Generated == GeneratedValue.None)
        {
            return;
        }

        // Of a number that the database makes in another way, DbMove could not move the counter beyond the rows it wrote.
        bool isNumberedKey = column.Descriptor is { IsKey: true, Generated: GeneratedValue.Identity } && schema.Kind is StorageKind.Integer or StorageKind.Decimal;
        if (isNumberedKey ? !schema.IsAutoNumbered : !schema.IsAutoNumbered && !schema.HasDefault)
        {
            findings.Refuse(
                $"{entity.ColumnText(side, column)} makes no value of its own, and the member says that the database does, so inserts would fail or lose it once the {side.ToWireName()} has the authority; make the column {(isNumberedKey ? "an identity (INTEGER PRIMARY KEY in SQLite)" : "have a default")}, or take [DatabaseGenerated] off the member");
        }
        else if (isNumberedKey && schema.ReusesNumbers)
        {
            findings.Warn(
                $"{entity.ColumnText(side, column)} keeps no counter and goes on from its greatest row, so once authority moves to the {side.ToWireName()}, numbers of rows deleted at the end, also those that the other side gave out, may be given out again; declare it INTEGER PRIMARY KEY AUTOINCREMENT if numbers must stay unique");
        }
    }
}
