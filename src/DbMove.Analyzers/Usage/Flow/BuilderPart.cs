using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>A part of what a <c>StringBuilder</c> makes.</summary>
/// <param name="Value">The text; null: nobody knows it.</param>
/// <param name="EndsLine">Whether a line ends behind it.</param>
/// <param name="IsEmpty">Whether there is none but the end of the line.</param>
internal readonly record struct BuilderPart(IOperation? Value, bool EndsLine = false, bool IsEmpty = false);
