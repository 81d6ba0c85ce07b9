using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>An entity and its two tables, sound until a test changes something: a key, a text and a number.</summary>
internal sealed class EntityCase
{
    public EntityCase(string name = "orders")
    {
        Name = name;
        Members =
        [
            new() { Ordinal = 0, Member = "Id", SourceName = "id", TargetName = "id", Type = ColumnType.Int64, KeyOrdinal = 0 },
            new() { Ordinal = 1, Member = "Customer", SourceName = "customer_name", TargetName = "customer", Type = ColumnType.String },
            new() { Ordinal = 2, Member = "Total", SourceName = "total", TargetName = "total", Type = ColumnType.Decimal },
        ];
        Source = Table(Side.Source, "customer_name");
        Target = Table(Side.Target, "customer");
    }

    public string Name { get; }

    public List<ColumnDescriptor> Members { get; }

    /// <summary>Null: the table is missing.</summary>
    public TableSchema? Source { get; set; }

    /// <summary>Null: the table is missing.</summary>
    public TableSchema? Target { get; set; }

    /// <summary>Whether the scale of a decimal counts.</summary>
    public bool IsIdentical { get; set; }

    public EntityDescriptor Descriptor => new(Name, new TableName(null, Name), new TableName(null, Name + "_new"), [.. Members])
    {
        Comparison = IsIdentical ? EntityComparison.Identical : EntityComparison.Equal,
    };

    public TableSchema this[Side side]
    {
        get => (side == Side.Source ? Source : Target)!;
        set => (Source, Target) = side == Side.Source ? (value, Target) : (Source, value);
    }

    public EntityCase Member(int ordinal, Func<ColumnDescriptor, ColumnDescriptor> change)
    {
        Members[ordinal] = change(Members[ordinal]);
        return this;
    }

    /// <summary>Changes a column, by position, on one side.</summary>
    public EntityCase Column(Side side, int position, Func<ColumnSchema, ColumnSchema> change)
    {
        ColumnSchema[] columns = [.. this[side].Columns];
        columns[position] = change(columns[position]);
        this[side] = this[side] with { Columns = columns };
        return this;
    }

    public EntityCase Identical()
    {
        IsIdentical = true;
        return this;
    }

    public EntityCase Columns(int position, Func<ColumnSchema, ColumnSchema> change) =>
        Column(Side.Source, position, change).Column(Side.Target, position, change);

    public EntityCase AddColumn(Side side, ColumnSchema column) =>
        Change(side, table => table with { Columns = [.. table.Columns, column] });

    public EntityCase AddUnique(Side side, string name, bool isPartial, params string[] columns) =>
        Change(side, table => table with { UniqueIndexes = [.. table.UniqueIndexes, new UniqueIndexSchema(name, columns, isPartial)] });

    public EntityCase AddForeignKey(Side side, string parent, bool onDelete = false, bool onUpdate = false) => Change(
        side,
        table => table with
        {
            ForeignKeys =
            [
                .. table.ForeignKeys,
                new ForeignKeySchema
                {
                    Name = "fk_" + parent, Child = table.Name, Columns = ["id"], Parent = new TableName("public", parent),
                    DeleteChangesChildren = onDelete, UpdateChangesChildren = onUpdate,
                },
            ],
        });

    public EntityCase Change(Side side, Func<TableSchema, TableSchema> change)
    {
        this[side] = change(this[side]);
        return this;
    }

    private TableSchema Table(Side side, string customer)
    {
        string name = side == Side.Source ? Name : Name + "_new";
        return new TableSchema
        {
            Name = new TableName("public", name),
            PhysicalId = side + "/" + name,
            Columns =
            [
                new() { Name = "id", DeclaredType = "bigint", Kind = StorageKind.Integer, Bits = 64 },
                new() { Name = customer, DeclaredType = "text", Kind = StorageKind.Text },
                new() { Name = "total", DeclaredType = "numeric", Kind = StorageKind.Decimal },
            ],
            PrimaryKey = ["id"],
        };
    }
}
