namespace DbMove.Generators;

/// <summary>The pipeline's steps, as tests of the cache name them.</summary>
internal static class TrackingNames
{
    public const string Entities = nameof(Entities);
    public const string Repositories = nameof(Repositories);
    public const string ValidEntities = nameof(ValidEntities);
    public const string Outlines = nameof(Outlines);
    public const string Outputs = nameof(Outputs);
    public const string Methods = nameof(Methods);
    public const string MethodOutputs = nameof(MethodOutputs);
    public const string Registrations = nameof(Registrations);
}
