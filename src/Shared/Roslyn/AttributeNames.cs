namespace DbMove.Roslyn;

/// <summary>Metadata names of the attributes that shape an entity. By name, so that no reference is needed.</summary>
internal static class AttributeNames
{
    public const string Migratable = "DbMove.MigratableAttribute";
    public const string Repository = "DbMove.RepositoryAttribute`1";
    public const string Sql = "DbMove.SqlAttribute";
    public const string TargetTable = "DbMove.TargetTableAttribute";
    public const string TargetColumn = "DbMove.TargetColumnAttribute";
    public const string UpdatedAt = "DbMove.UpdatedAtAttribute";
    public const string SourceOnly = "DbMove.SourceOnlyAttribute";
    public const string TargetOnly = "DbMove.TargetOnlyAttribute";
    public const string StoreAsText = "DbMove.StoreAsTextAttribute";
    public const string Convert = "DbMove.ConvertAttribute`1";
    public const string Json = "DbMove.JsonAttribute`1";
    public const string ValueConverter = "DbMove.IValueConverter`2";

    public const string NotCompared = "DbMove.NotComparedAttribute";
    public const string CompareTolerance = "DbMove.CompareToleranceAttribute";
    public const string ComparePrecision = "DbMove.ComparePrecisionAttribute";
    public const string CompareText = "DbMove.CompareTextAttribute";
    public const string CompareJson = "DbMove.CompareJsonAttribute";
    public const string CompareWith = "DbMove.CompareWithAttribute`1";
    public const string ValueComparer = "DbMove.IValueComparer`1";

    public const string Table = "System.ComponentModel.DataAnnotations.Schema.TableAttribute";
    public const string Column = "System.ComponentModel.DataAnnotations.Schema.ColumnAttribute";
    public const string DatabaseGenerated = "System.ComponentModel.DataAnnotations.Schema.DatabaseGeneratedAttribute";
    public const string NotMapped = "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute";
    public const string ForeignKey = "System.ComponentModel.DataAnnotations.Schema.ForeignKeyAttribute";
    public const string InverseProperty = "System.ComponentModel.DataAnnotations.Schema.InversePropertyAttribute";
    public const string Key = "System.ComponentModel.DataAnnotations.KeyAttribute";
    public const string Required = "System.ComponentModel.DataAnnotations.RequiredAttribute";

    public const string ConcurrencyCheck = "System.ComponentModel.DataAnnotations.ConcurrencyCheckAttribute";
    public const string Timestamp = "System.ComponentModel.DataAnnotations.TimestampAttribute";

    public const string PrimaryKey = "Microsoft.EntityFrameworkCore.PrimaryKeyAttribute";

    public const string JsonSerializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string Flags = "System.FlagsAttribute";
    public const string GeneratedCode = "System.CodeDom.Compiler.GeneratedCodeAttribute";
}
