using DbMove.Runtime.Tests.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.DependencyInjection;

/// <summary>What a container offers of a migration, keyed and not.</summary>
public sealed class AddDbMoveTests
{
    [Fact]
    public async Task The_services_of_one_migration_are_there_with_its_name_and_without()
    {
        await using ServiceProvider provider = new ServiceCollection().AddDbMove("billing", Describe<Invoice>).BuildServiceProvider();

        Migration migration = provider.GetRequiredService<Migration>();
        InvoiceRepository repository = provider.GetRequiredService<InvoiceRepository>();

        Assert.Equal("billing", migration.Name);
        Assert.Same(migration, provider.GetRequiredKeyedService<Migration>("billing"));
        Assert.Same(migration, repository.Migration);
        Assert.Same(repository, provider.GetRequiredKeyedService<InvoiceRepository>("billing"));
        Assert.Same(provider.GetRequiredService<InvoiceFixer>(), provider.GetRequiredKeyedService<InvoiceFixer>("billing"));
        Assert.Same(migration, provider.GetRequiredService<InvoiceFixer>().Migration);
    }

    [Fact]
    public async Task What_two_migrations_have_needs_the_name_and_the_error_says_how()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddDbMove("billing", builder => Describe<Invoice>(builder.AddEntity<Payment>()))
            .AddDbMove("archive", Describe<Invoice>)
            .BuildServiceProvider();

        MigrationConfigurationException exception = Assert.Throws<MigrationConfigurationException>(provider.GetRequiredService<InvoiceRepository>);
        Assert.Contains("'billing' and 'archive'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[FromKeyedServices(\"billing\")] InvoiceRepository", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GetRequiredKeyedService<InvoiceRepository>(\"billing\")", exception.Message, StringComparison.Ordinal);
        Assert.Throws<MigrationConfigurationException>(provider.GetRequiredService<Migration>);

        Assert.Equal("archive", provider.GetRequiredKeyedService<InvoiceRepository>("archive").Migration.Name);
        Assert.Equal("billing", provider.GetRequiredKeyedService<InvoiceRepository>("billing").Migration.Name);

        // The payment is in one of them only.
        Assert.Equal("billing", provider.GetRequiredService<PaymentRepository>().Migration.Name);
    }

    [Fact]
    public async Task All_migrations_are_found_by_any_key()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddDbMove("billing", Describe<Invoice>).AddDbMove("archive", Describe<Invoice>).BuildServiceProvider();

        Assert.Equal(["archive", "billing"], provider.GetKeyedServices<Migration>(KeyedService.AnyKey).Select(migration => migration.Name).Order());
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_at_registration()
    {
        IServiceCollection services = new ServiceCollection().AddDbMove("billing", Describe<Invoice>);

        MigrationConfigurationException exception = Assert.Throws<MigrationConfigurationException>(() => services.AddDbMove("billing", Describe<Payment>));
        Assert.Contains("'billing' is registered twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_work_is_refused_at_registration()
    {
        MigrationConfigurationException exception = Assert.Throws<MigrationConfigurationException>(
            () => new ServiceCollection().AddDbMove("billing", builder => builder.AddEntity<Invoice>().From(side => new FakeDatabase(side))));
        Assert.Contains("no target", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logger_factory_and_clock_come_from_the_container_unless_set()
    {
        FakeTimeProvider clock = new();
        FakeTimeProvider own = new();
        using ILoggerFactory loggers = new CountingLoggerFactory();
        await using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock).AddSingleton(loggers)
            .AddDbMove("billing", Describe<Invoice>)
            .AddDbMove("archive", builder => Describe<Invoice>(builder.UseTimeProvider(own).UseLoggerFactory(NullLoggerFactory.Instance)))
            .BuildServiceProvider();

        Assert.Same(clock, provider.GetRequiredKeyedService<Migration>("billing").Context.Time);
        Assert.Same(own, provider.GetRequiredKeyedService<Migration>("archive").Context.Time);
        Assert.Equal(["DbMove.billing"], ((CountingLoggerFactory)loggers).Categories);
    }

    [Fact]
    public async Task Without_logging_and_clock_in_the_container_the_defaults_hold()
    {
        await using ServiceProvider provider = new ServiceCollection().AddDbMove("billing", Describe<Invoice>).BuildServiceProvider();

        Assert.Same(TimeProvider.System, provider.GetRequiredService<Migration>().Context.Time);
    }

    [Fact]
    public async Task Parts_may_come_from_the_container()
    {
        int described = 0;
        int connected = 0;
        IServiceCollection services = new ServiceCollection().AddSingleton(new FakeDatabase(Side.Target)).AddDbMove(
            "billing",
            builder =>
            {
                described++;
                builder.AddEntity<Invoice>().From(side => new FakeDatabase(side));
            },
            (provider, builder) =>
            {
                connected++;
                builder.To(_ => provider.GetRequiredService<FakeDatabase>());
            });
        Assert.Equal((1, 0), (described, connected));

        await using ServiceProvider provider = services.BuildServiceProvider();
        Migration migration = provider.GetRequiredService<InvoiceRepository>().Migration;

        Assert.Same(provider.GetRequiredService<FakeDatabase>(), migration.Context.Database(Side.Target));
        Assert.Equal((1, 1), (described, connected));
    }

    [Fact]
    public async Task An_entity_comes_too_late_once_the_container_is_built()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddDbMove("billing", Describe<Invoice>, (_, builder) => builder.AddEntity<Payment>()).BuildServiceProvider();

        MigrationConfigurationException exception = Assert.Throws<MigrationConfigurationException>(provider.GetRequiredService<Migration>);
        Assert.Contains("'payments'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("first delegate of AddDbMove", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_containers_of_the_same_services_share_no_state()
    {
        IServiceCollection services = new ServiceCollection().AddDbMove("billing", Describe<Invoice>);
        await using ServiceProvider one = services.BuildServiceProvider();
        await using ServiceProvider two = services.BuildServiceProvider();

        Migration first = one.GetRequiredService<Migration>();
        Migration second = two.GetRequiredService<Migration>();

        Assert.NotSame(first, second);
        Assert.NotSame(first.Context.Entities[0], second.Context.Entities[0]);
        Assert.NotSame(first.Context.Database(Side.Source), second.Context.Database(Side.Source));
    }

    [Fact]
    public async Task The_container_disposes_the_migration()
    {
        ServiceProvider provider = new ServiceCollection().AddDbMove("billing", Describe<Invoice>).BuildServiceProvider();
        FakeDatabase source = (FakeDatabase)provider.GetRequiredService<Migration>().Context.Database(Side.Source);

        await provider.DisposeAsync();

        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task The_migration_starts_before_every_hosted_service_and_a_refusal_stops_the_host()
    {
        // Registered before the migration, and yet never started: the tables are missing.
        Bystander bystander = new();
        using IHost host = new HostBuilder().ConfigureServices(services => services
            .AddSingleton<IHostedService>(bystander)
            .AddDbMove("billing", Describe<Invoice>)
            .AddDbMove("archive", Describe<Payment>)).Build();

        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("billing", Assert.IsType<SchemaCheckException>(exception).Migration);
        Assert.False(bystander.IsStarted);
    }

    private static void Describe<T>(MigrationBuilder builder)
        where T : DbMove.Mapping.IMigratable<T> =>
        builder.AddEntity<T>().From(side => new FakeDatabase(side)).To(side => new FakeDatabase(side));

    private sealed class Bystander : IHostedService
    {
        public bool IsStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class CountingLoggerFactory : ILoggerFactory
    {
        public List<string> Categories { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName)
        {
            Categories.Add(categoryName);
            return NullLogger.Instance;
        }

        public void Dispose()
        {
        }
    }
}
