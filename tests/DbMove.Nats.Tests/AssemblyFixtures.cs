[assembly: AssemblyFixture(typeof(NatsServer))]
[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
