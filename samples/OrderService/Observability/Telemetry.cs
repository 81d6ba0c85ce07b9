using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrderService.Observability;

/// <summary>Metrics and traces of the migration and of ASP.NET Core.</summary>
internal static class Telemetry
{
    private const string DbMove = "DbMove";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics.AddMeter(DbMove).AddAspNetCoreInstrumentation().AddPrometheusExporter())
            .WithTracing(traces => traces.AddSource(DbMove).AddAspNetCoreInstrumentation());

        // The standard variable; without it nothing is sent anywhere, and /metrics is there all the same.
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
