using DbMove.Generators.Emission;
using DbMove.Generators.Model;
using DbMove.Generators.Parsing;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators;

/// <summary>
/// Emits map, comparer, fixer, repository and key of every valid <c>[Migratable]</c> entity, and one registration
/// method per assembly. Reports nothing: the analyzers own every diagnostic.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MigratableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<EntityModel> entities = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Migratable, static (node, _) => node is TypeDeclarationSyntax, EntityParser.Parse)
            .Where(static entity => entity is not null)
            .Select(static (entity, _) => entity!)
            .WithTrackingName(TrackingNames.Entities);

        IncrementalValueProvider<EquatableArray<RepositoryModel>> repositories = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Repository, static (node, _) => node is TypeDeclarationSyntax, RepositoryParser.ParseAttributed)
            .Where(static repository => repository is not null)
            .Collect()
            .Select(static (repositories, _) => new EquatableArray<RepositoryModel>([.. repositories.Select(static repository => repository!).Distinct()]))
            .WithTrackingName(TrackingNames.Repositories);

        IncrementalValueProvider<EquatableArray<string>> duplicates = entities
            .Select(static (entity, _) => new EntityName(entity.WireName, entity.HintPrefix))
            .Collect()
            .Select(static (names, _) => EntitySelection.FindDuplicates(names));

        IncrementalValuesProvider<EntityModel> validEntities = entities
            .Combine(duplicates.Combine(repositories))
            .Select(static (pair, _) => EntitySelection.Select(pair.Left, pair.Right.Left, pair.Right.Right))
            .Where(static entity => entity is not null)
            .Select(static (entity, _) => entity!)
            .WithTrackingName(TrackingNames.ValidEntities);

        IncrementalValuesProvider<EquatableArray<OutputFile>> outputs = validEntities
            .Select(static (entity, _) => EntityEmitter.Emit(entity))
            .WithTrackingName(TrackingNames.Outputs);

        IncrementalValueProvider<(EquatableArray<RegistrationModel> Entities, string Assembly)> registrations = validEntities
            .Select(static (entity, _) => new RegistrationModel(entity.FullName, entity.IsVisibleOutside))
            .Collect()
            .Select(static (entities, _) => new EquatableArray<RegistrationModel>(entities))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => Identifiers.Assembly(compilation.AssemblyName)))
            .WithTrackingName(TrackingNames.Registrations);

        context.RegisterSourceOutput(outputs, static (production, files) =>
        {
            foreach (OutputFile file in files)
            {
                production.AddSource(file.HintName, file.Text);
            }
        });

        context.RegisterSourceOutput(registrations, static (production, registration) =>
        {
            if (registration.Entities.Count > 0)
            {
                OutputFile file = RegistrationEmitter.Emit(registration.Entities, registration.Assembly);
                production.AddSource(file.HintName, file.Text);
            }
        });
    }
}
