namespace DbMove;

/// <summary>Compares a member by code of yours.</summary>
/// <typeparam name="TComparer">A class or struct that implements <see cref="IValueComparer{T}"/> for the member's type, without <c>?</c>.</typeparam>
/// <remarks>
/// It is called for values that are not null; a null equals only a null. It decides what validation and shadow reads report; writes and repairs carry every
/// value all the same.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CompareWithAttribute<TComparer> : Attribute;
