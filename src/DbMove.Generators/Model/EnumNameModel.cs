namespace DbMove.Generators.Model;

/// <summary>One member of an enum that is stored by name.</summary>
/// <param name="Name">Its name as metadata has it, which is what is stored.</param>
/// <param name="Expression">The member as code writes it, fully qualified.</param>
/// <param name="IsAlias">Whether an earlier member has the same value: then it is read, but never written.</param>
internal sealed record EnumNameModel(string Name, string Expression, bool IsAlias);
