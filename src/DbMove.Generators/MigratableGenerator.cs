using DbMove.Generators.Emission;
using DbMove.Generators.Model;
using DbMove.Generators.Parsing;
using DbMove.Generators.Parsing.Memory;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators;

/// <summary>
/// Emits map, comparer, fixer, repository and key of every valid <c>[Migratable]</c> entity, the bodies of <c>[Sql]</c> methods, and one
/// registration method per assembly; of an entity with an error only the outline. Reports nothing: the analyzers own every diagnostic.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MigratableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedEntity> parsed = context.SyntaxProvider
            .CreateSyntaxProvider(RememberedEntities.IsCandidate, RememberedEntities.Parse)
            .Where(static entity => entity is not null)
            .Select(static (entity, _) => entity!);

        IncrementalValuesProvider<EntityModel> entities = parsed
            .Where(static entity => entity.Entity is not null)
            .Select(static (entity, _) => entity.Entity!)
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

        IncrementalValuesProvider<ParsedEntity> selected = entities
            .Combine(duplicates.Combine(repositories))
            .Select(static (pair, _) => EntitySelection.Select(pair.Left, pair.Right.Left, pair.Right.Right));

        IncrementalValuesProvider<EntityModel> validEntities = selected
            .Where(static entity => entity.Entity is not null)
            .Select(static (entity, _) => entity.Entity!)
            .WithTrackingName(TrackingNames.ValidEntities);

        // Emitted together: files of outlines may need one another's names.
        IncrementalValueProvider<EquatableArray<OutlineModel>> outlines = parsed
            .Where(static entity => entity.Outline is not null)
            .Combine(repositories)
            .Select(static (pair, _) => EntitySelection.Select(pair.Left.Outline!, pair.Right))
            .Collect()
            .Combine(selected.Where(static entity => entity.Outline is not null).Select(static (entity, _) => entity.Outline!).Collect())
            .Select(static (pair, _) => new EquatableArray<OutlineModel>([.. pair.Left, .. pair.Right]))
            .WithTrackingName(TrackingNames.Outlines);

        IncrementalValuesProvider<EquatableArray<OutputFile>> outputs = validEntities
            .Select(static (entity, _) => EntityEmitter.Emit(entity))
            .WithTrackingName(TrackingNames.Outputs);

        IncrementalValueProvider<(EquatableArray<RegistrationModel> Entities, string Assembly)> registrations = validEntities
            .Select(static (entity, _) => new RegistrationModel(entity.FullName, entity.IsVisibleOutside, entity.IsOutline))
            .Collect()
            .Combine(outlines)
            .Select(static (pair, _) => new EquatableArray<RegistrationModel>(
                [.. pair.Left, .. pair.Right.Select(static outline => new RegistrationModel(outline.Entity.FullName, outline.Entity.IsVisibleOutside, IsOutline: true))]))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => Identifiers.Assembly(compilation.AssemblyName)))
            .WithTrackingName(TrackingNames.Registrations);

        IncrementalValuesProvider<OutputFile> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Sql, static (node, _) => node is MethodDeclarationSyntax, MethodParser.Parse)
            .Where(static method => method is not null)
            .Select(static (method, _) => method!)
            .WithTrackingName(TrackingNames.Methods)
            .Collect()
            .SelectMany(static (methods, _) => MethodFiles.Group(methods))
            .Select(static (file, _) => MethodEmitter.Emit(file))
            .WithTrackingName(TrackingNames.MethodOutputs);

        context.RegisterSourceOutput(methods, static (production, file) => production.AddSource(file.HintName, file.Text));

        context.RegisterSourceOutput(outputs, static (production, files) =>
        {
            foreach (OutputFile file in files)
            {
                production.AddSource(file.HintName, file.Text);
            }
        });

        context.RegisterSourceOutput(outlines, static (production, outlines) =>
        {
            foreach (OutputFile file in OutlineEmitter.Emit(outlines))
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
