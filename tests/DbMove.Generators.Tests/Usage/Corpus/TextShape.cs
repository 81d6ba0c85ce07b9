namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>A way to write a text in C#.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsFollowed">Whether the rules follow it.</param>
/// <param name="Make">Makes it of the statement's text, in which <c>{t}</c> stands for the table, and of the table; <c>{n}</c> in it becomes the case's number.</param>
internal sealed record TextShape(string Name, bool IsFollowed, Func<string, string, TextShape.Made> Make)
{
    /// <summary>What a shape makes.</summary>
    /// <param name="Expression">Stands where the text is wanted.</param>
    /// <param name="Before">Statements before it.</param>
    /// <param name="Members">Members of the class.</param>
    /// <param name="Elsewhere">Members of a class in another file.</param>
    internal sealed record Made(string Expression, string Before = "", string Members = "", string Elsewhere = "");
}
