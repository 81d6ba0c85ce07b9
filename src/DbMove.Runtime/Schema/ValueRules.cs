using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Schema;

/// <summary>
/// Each side must hold what the other holds. That a column holds every value of its member is the dialect's to check;
/// these rules compare the two columns where the member sets no bound.
/// </summary>
internal static class ValueRules
{
    // What PostgreSQL holds; finer differences are known to everyone who moves there.
    private const long UsualGranularity = 10;

    public static void Check(EntitySchema entity, SchemaFindings findings)
    {
        foreach (MappedColumn column in entity.Columns)
        {
            CheckNull(entity, column, Side.Source, findings);
            CheckNull(entity, column, Side.Target, findings);
            if (column is not { Source: { } source, Target: { } target })
            {
                continue;
            }

            CheckNullability(entity, column, source, target, findings);
            if (column.Descriptor.TargetType is not null)
            {
                // Two forms of one value: their lengths and digits say nothing about each other.
                continue;
            }

            CheckLength(entity, column, source, target, findings);
            CheckDigits(entity, column, source, target, findings);
            CheckScale(entity, column, source, target, findings);
            CheckPadding(entity, column, source, target, findings);
            CheckRewriting(entity, column, source, target, findings);
            if (target.TimeGranularity > Math.Max(source.TimeGranularity, UsualGranularity))
            {
                findings.Warn(
                    $"{entity.ColumnText(Side.Target, column)} ({target.DeclaredType}) is less precise than {entity.OtherColumnText(Side.Source, column)} ({source.DeclaredType}); values are cut down and compared at its precision");
            }
        }
    }

    // A primary key's columns are never null, though SQLite reports that they may be.
    private static void CheckNull(EntitySchema entity, MappedColumn column, Side side, SchemaFindings findings)
    {
        if (column.On(side) is { IsNullable: true } && column.Descriptor is { IsNullable: false, IsKey: false })
        {
            findings.Refuse(
                $"{entity.ColumnText(side, column)} allows NULL, and the member does not, so a row with NULL could not be read; make the member nullable or the column NOT NULL");
        }
    }

    private static void CheckNullability(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        if (column.Descriptor is { IsNullable: true, IsKey: false } && source.IsNullable != target.IsNullable)
        {
            (Side strict, Side loose) = source.IsNullable ? (Side.Target, Side.Source) : (Side.Source, Side.Target);
            findings.Refuse(
                $"{entity.ColumnText(strict, column)} is NOT NULL, and {entity.OtherColumnText(loose, column)} allows NULL, so it could not take every row; allow NULL on both or on neither");
        }
    }

    private static void CheckLength(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        if (source.Kind == StorageKind.Array != (target.Kind == StorageKind.Array))
        {
            // The length of each element on the one side, of the JSON text of all on the other.
            return;
        }

        if (target.MaxLength < source.MaxLength)
        {
            findings.Refuse(
                $"{entity.ColumnText(Side.Target, column)} ({target.DeclaredType}) is shorter than {entity.OtherColumnText(Side.Source, column)} ({source.DeclaredType}); widen it to at least {source.MaxLength}");
        }
        else if (target.MaxLength > source.MaxLength)
        {
            findings.Warn(WayBack(entity, column, source, target));
        }
    }

    private static void CheckDigits(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        if (source is not { Precision: { } sourceDigits } || target is not { Precision: { } targetDigits })
        {
            return;
        }

        (int sourceScale, int targetScale) = (source.Scale ?? 0, target.Scale ?? 0);
        (int sourceWhole, int targetWhole) = (sourceDigits - sourceScale, targetDigits - targetScale);
        if (targetScale < sourceScale || targetWhole < sourceWhole)
        {
            (int whole, int scale) = (Math.Max(sourceWhole, targetWhole), Math.Max(sourceScale, targetScale));
            findings.Refuse(
                $"{entity.ColumnText(Side.Target, column)} ({target.DeclaredType}) has fewer digits than {entity.OtherColumnText(Side.Source, column)} ({source.DeclaredType}), before or after the point; widen it to ({whole + scale},{scale})");
        }
        else if (targetScale > sourceScale || targetWhole > sourceWhole)
        {
            findings.Warn(WayBack(entity, column, source, target));
        }
    }

    // Where the scale counts, both columns must give back the same: what was written, their own scale, or no zeros at the end.
    private static void CheckScale(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        bool isAlike = source.DropsTrailingZeros ? target.DropsTrailingZeros : !target.DropsTrailingZeros && source.Scale == target.Scale;
        if (isAlike || entity.Descriptor.Comparison != EntityComparison.Identical || column.Descriptor is not { Type: ColumnType.Decimal, Comparison: ColumnComparison.Value })
        {
            return;
        }

        string finding =
            $"{entity.ColumnText(Side.Source, column)} ({source.DeclaredType}) {ScaleText(source)}, {entity.OtherColumnText(Side.Target, column)} ({target.DeclaredType}) {ScaleText(target)}, and the entity is compared as Identical";
        if (column.Descriptor.IsConverted)
        {
            findings.Warn($"{finding}; rows differ for ever unless the converter gives both the same scale");
        }
        else
        {
            findings.Refuse($"{finding}, so rows would differ for ever; let both keep decimals alike (text, or numeric without digits, as they are written), or compare by value");
        }
    }

    private static string ScaleText(ColumnSchema column) =>
        column.DropsTrailingZeros ? "gives decimals back without zeros at the end"
        : column.Scale is int scale ? string.Create(CultureInfo.InvariantCulture, $"gives decimals {scale} digits after the point")
        : "gives decimals back as they were written";

    private static void CheckPadding(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        // A padded key is refused anyway, and a comparison that overlooks the padding takes it.
        if (source.IsPadded != target.IsPadded && column.Descriptor is { IsKey: false, Comparison: not (ColumnComparison.None or ColumnComparison.TrimmedText or ColumnComparison.Own) })
        {
            (Side padded, Side other) = source.IsPadded ? (Side.Source, Side.Target) : (Side.Target, Side.Source);
            findings.Refuse(
                $"{entity.ColumnText(padded, column)} is padded to its length ({column.On(padded)!.DeclaredType}), and {entity.OtherColumnText(other, column)} is not ({column.On(other)!.DeclaredType}), so equal texts would differ; change the padded one to varchar or text");
        }
    }

    private static void CheckRewriting(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target, SchemaFindings findings)
    {
        // What a converter makes of both forms is compared, or what they say, not the forms.
        if (source.RewritesText != target.RewritesText && column.Descriptor is { IsConverted: false, Comparison: not (ColumnComparison.None or ColumnComparison.Json or ColumnComparison.Own) })
        {
            (Side rewriting, Side other) = source.RewritesText ? (Side.Source, Side.Target) : (Side.Target, Side.Source);
            findings.Refuse(
                $"{entity.ColumnText(rewriting, column)} ({column.On(rewriting)!.DeclaredType}) keeps texts in a form of its own, and {entity.OtherColumnText(other, column)} ({column.On(other)!.DeclaredType}) as they are written, so every row would differ; give both columns the same kind of type, such as text or json");
        }
    }

    private static string WayBack(EntitySchema entity, MappedColumn column, ColumnSchema source, ColumnSchema target) =>
        $"{entity.ColumnText(Side.Target, column)} ({target.DeclaredType}) is wider than {entity.OtherColumnText(Side.Source, column)} ({source.DeclaredType}); once the target has the authority, a value beyond the source's bounds closes the way back";
}
