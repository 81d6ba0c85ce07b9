using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DbMove.Nats.Tests.Setup;

/// <summary>An authority with a certificate for the server at 127.0.0.1 and one for a client, as PEM files in a folder of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-nats-tls-").FullName;

    public TestCertificates(string host = "127.0.0.1")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=DbMove test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        Authority = Write("ca.pem", authority.ExportCertificatePem());
        (Server, ServerKey) = Issue(authority, "server", "1.3.6.1.5.5.7.3.1", IPAddress.Parse(host));
        (Client, ClientKey) = Issue(authority, "client", "1.3.6.1.5.5.7.3.2", null);
    }

    public string Authority { get; }

    public string Server { get; }

    public string ServerKey { get; }

    public string Client { get; }

    public string ClientKey { get; }

    /// <summary>The client's key with a password.</summary>
    public string EncryptClientKey(string password)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(ClientKey));
        return Write("client-encrypted.pem", key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (string Certificate, string Key) Issue(X509Certificate2 authority, string name, string usage, IPAddress? address)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN=DbMove test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (address is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 issued = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return (Write(name + ".pem", issued.ExportCertificatePem()), Write(name + "-key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
