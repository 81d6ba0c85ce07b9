[assembly: AssemblyFixture(typeof(NatsServer))]
