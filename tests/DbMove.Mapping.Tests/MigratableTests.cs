using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests;

/// <summary>The way from an entity to its generated types.</summary>
public sealed class MigratableTests
{
    [Fact]
    public void An_entity_leads_to_its_key_and_map()
    {
        Assert.Equal((typeof(Everything), typeof(long), typeof(EverythingMap)), Accept<Everything>());
        Assert.Equal((typeof(Translation), typeof(TranslationKey), typeof(TranslationMap)), Accept<Translation>());
        Assert.Equal((typeof(Reading), typeof(Guid), typeof(ReadingMap)), Accept<Reading>());
    }

    [Fact]
    public void An_entity_names_its_repository_with_its_interface_and_its_fixer()
    {
        Assert.Equal([typeof(TranslationRepository), typeof(ITranslationRepository), typeof(TranslationFixer)], Services<Translation>());
        Assert.Equal([typeof(ReadingRepository), typeof(IReadingRepository), typeof(ReadingFixer)], Services<Reading>());
    }

    [Fact]
    public void The_assembly_has_one_registration_for_all_its_entities()
    {
        MigrationBuilder builder = new("shop");

        Assert.Same(builder, builder.AddDbMoveMappingTestsEntities());
        // Added once more, an entity is refused: so it had been added.
        Assert.Throws<MigrationConfigurationException>(() => builder.AddEntity<Everything>());
        Assert.Throws<MigrationConfigurationException>(() => builder.AddEntity<Translation>());
        Assert.Throws<MigrationConfigurationException>(() => builder.AddEntity<Reading>());
    }

    private static (Type, Type, Type) Accept<T>()
        where T : notnull, IMigratable<T> => T.Accept(new TypesVisitor());

    private static List<Type> Services<T>()
        where T : notnull, IMigratable<T>
    {
        ServiceTypes services = new();
        T.AddServices(services);
        return services.Types;
    }

    private sealed class TypesVisitor : IEntityVisitor<(Type, Type, Type)>
    {
        public (Type, Type, Type) Visit<TEntity, TKey, TMap>()
            where TEntity : notnull
            where TKey : notnull
            where TMap : IEntityMap<TEntity, TKey> => (typeof(TEntity), typeof(TKey), typeof(TMap));
    }

    private sealed class ServiceTypes : IMigratableServices
    {
        public List<Type> Types { get; } = [];

        public void Add<TService>(Func<Migration, TService> create)
            where TService : class => Types.Add(typeof(TService));

        public void AddAs<TService, TImplementation>()
            where TService : class
            where TImplementation : class, TService => Types.Add(typeof(TService));
    }
}
