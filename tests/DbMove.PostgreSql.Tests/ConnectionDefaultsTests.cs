using Npgsql;

namespace DbMove.PostgreSql.Tests;

public sealed class ConnectionDefaultsTests
{
    [Fact]
    public void What_the_user_does_not_say_is_set()
    {
        NpgsqlConnectionStringBuilder builder = new(ConnectionDefaults.Apply("Host=db;Password=p"));
        Assert.Equal(200, builder.MaxAutoPrepare);
        Assert.Equal(2, builder.AutoPrepareMinUsages);
        Assert.True(builder.NoResetOnClose);
        Assert.Equal("DbMove", builder.ApplicationName);
        Assert.Null(builder.Timezone);
        Assert.False(builder.IncludeErrorDetail);
        Assert.Equal("p", builder.Password);
    }

    [Fact]
    public void What_the_user_says_stays_also_when_it_is_the_drivers_default()
    {
        NpgsqlConnectionStringBuilder builder = new(ConnectionDefaults.Apply(
            "Host=db;Max Auto Prepare=0;Auto Prepare Min Usages=5;No Reset On Close=false;Application Name=mine;Include Error Detail=true"));
        Assert.Equal(0, builder.MaxAutoPrepare);
        Assert.Equal(5, builder.AutoPrepareMinUsages);
        Assert.False(builder.NoResetOnClose);
        Assert.Equal("mine", builder.ApplicationName);
        Assert.True(builder.IncludeErrorDetail);
    }
}
