using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace DbMove.Mapping;

/// <summary>
/// Stands for the map of an entity for which nothing can be generated. The generator names it in the outline that it
/// emits for such an entity, so that code which names the repository compiles as far as the analyzers' error.
/// </summary>
/// <remarks>Reached at run time only where that error was suppressed; every member then throws.</remarks>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">Its key, or <see cref="object"/> where it has none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "A map's members are static: the interface says so.")]
public readonly struct MissingMap<TEntity, TKey> : IEntityMap<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
{
    /// <inheritdoc/>
    public static EntityDescriptor Descriptor => throw Refusal();

    /// <inheritdoc/>
    public static TKey GetKey(TEntity entity) => throw Refusal();

    /// <inheritdoc/>
    public static int CompareKeys(TKey left, TKey right) => throw Refusal();

    /// <inheritdoc/>
    public static string FormatKey(TKey key) => throw Refusal();

    /// <inheritdoc/>
    public static TKey ParseKey(string text) => throw Refusal();

    /// <inheritdoc/>
    public static void WriteColumn<TSink>(TEntity entity, int ordinal, ref TSink sink)
        where TSink : struct, IColumnSink, allows ref struct => throw Refusal();

    /// <inheritdoc/>
    public static void WriteKey<TSink>(TKey key, int keyOrdinal, ref TSink sink)
        where TSink : struct, IColumnSink, allows ref struct => throw Refusal();

    /// <inheritdoc/>
    public static TEntity Read<TReader>(ref TReader reader)
        where TReader : struct, IColumnReader, allows ref struct => throw Refusal();

    /// <inheritdoc/>
    public static TKey ReadKey<TReader>(ref TReader reader)
        where TReader : struct, IColumnReader, allows ref struct => throw Refusal();

    /// <inheritdoc/>
    public static ColumnSet Compare(TEntity expected, TEntity actual) => throw Refusal();

    /// <inheritdoc/>
    public static bool HoldSame(TEntity expected, TEntity actual) => throw Refusal();

    private static MigrationConfigurationException Refusal() =>
        new($"Nothing was generated for '{typeof(TEntity).Name}': an error of its declaration (DBM1xxx) is suppressed. Remove the suppression and build to see it.");
}
