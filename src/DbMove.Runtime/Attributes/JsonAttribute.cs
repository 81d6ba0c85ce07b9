using System.Text.Json.Serialization;

namespace DbMove;

/// <summary>
/// Stores a member as JSON, written and read by the code that System.Text.Json generates for <typeparamref name="TContext"/>: no reflection,
/// so it works in Native AOT. The column is <c>text</c>, <c>json</c> or <c>jsonb</c>, on each side as it likes. Not for a key.
/// </summary>
/// <typeparam name="TContext">
/// The serializer's context; it has a <c>[JsonSerializable(typeof(…))]</c> for the member's type without <c>?</c>, and its options count.
/// </typeparam>
/// <remarks>
/// A null is stored as null. Rows are compared by what the JSON says: neither spaces, nor the order of properties, nor the form of a number are a difference.
/// <b>Danger:</b> what the type does not have is lost in the copy and at the first write of a row; give it a member with
/// <see cref="JsonExtensionDataAttribute"/> where documents hold more.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonAttribute<TContext> : Attribute
    where TContext : JsonSerializerContext;
