namespace DbMove.Generators.Model;

/// <summary>All that the registration method needs of an entity.</summary>
internal sealed record RegistrationModel(string FullName, bool IsPublic, bool IsOutline);
