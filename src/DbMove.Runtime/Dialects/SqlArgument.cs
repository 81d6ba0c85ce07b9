namespace DbMove.Dialects;

/// <summary>A named value for a statement on the control tables.</summary>
/// <param name="Name">The name as it stands in the text, without the leading <c>@</c>.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="int"/> or <see cref="bool"/>, or null (bound as text).</param>
public readonly record struct SqlArgument(string Name, object? Value);
