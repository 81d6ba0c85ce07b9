namespace DbMove.Nats.Tests.Setup;

/// <summary>An operator with one account that has JetStream: what a server needs to be logged in to with credentials files.</summary>
internal sealed class TestOperator
{
    private const string Limits = """{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,"leaf":-1,"mem_storage":-1,"disk_storage":-1,"streams":-1,"consumer":-1}""";
    private const string SystemLimits = """{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,"leaf":-1}""";
    private readonly string _account = TestKeys.NewSeed(TestKeys.Account);

    public TestOperator()
    {
        string own = TestKeys.NewSeed(TestKeys.Operator);
        string account = TestKeys.PublicKeyOf(_account);
        string system = TestKeys.PublicKeyOf(TestKeys.NewSeed(TestKeys.Account));
        string operatorJwt = TestKeys.Sign(own, TestKeys.PublicKeyOf(own), "operator", """{"type":"operator","version":2}""");
        string accountJwt = TestKeys.Sign(own, account, "account", $$$"""{"limits":{{{Limits}}},"default_permissions":{"pub":{},"sub":{}},"type":"account","version":2}""");
        string systemJwt = TestKeys.Sign(own, system, "SYS", $$$"""{"limits":{{{SystemLimits}}},"default_permissions":{"pub":{},"sub":{}},"type":"account","version":2}""");
        Configuration = $$"""
            operator: {{operatorJwt}}
            system_account: {{system}}
            resolver: MEMORY
            resolver_preload: { {{account}}: {{accountJwt}}, {{system}}: {{systemJwt}} }
            """;
    }

    /// <summary>The server's.</summary>
    public string Configuration { get; }

    /// <summary>A credentials file's text for a new user, and its secret.</summary>
    public (string Text, string Seed) NewCredentials()
    {
        string user = TestKeys.NewSeed(TestKeys.User);
        string jwt = TestKeys.Sign(_account, TestKeys.PublicKeyOf(user), "user", """{"pub":{},"sub":{},"subs":-1,"data":-1,"payload":-1,"type":"user","version":2}""");
        return ($"""
            -----BEGIN NATS USER JWT-----
            {jwt}
            ------END NATS USER JWT------

            ************************* IMPORTANT *************************
            NKEY Seed printed below can be used to sign and prove identity.

            -----BEGIN USER NKEY SEED-----
            {user}
            ------END USER NKEY SEED------

            """, user);
    }
}
