namespace DbMove;

/// <summary>
/// Two texts are equal when they are the same JSON: white space, the order of properties, the escaping of characters and the writing of numbers (1, 1.0,
/// 1e0) do not count; of properties of one name the last does. For members that are stored as text; one side's column may then be
/// <c>text</c> and the other's <c>jsonb</c>.
/// </summary>
/// <remarks>
/// A text that is no JSON, is nested more than 128 deep or has a number with an exponent beyond nine digits is equal only to the same text. Unlike those of other columns, the comparison of two
/// texts that differ needs memory: it takes buffers from the shared pool, so that it allocates only while the pool is cold.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CompareJsonAttribute : Attribute;
