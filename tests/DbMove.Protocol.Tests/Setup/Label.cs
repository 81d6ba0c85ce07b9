namespace DbMove.Protocol.Tests.Setup;

/// <summary>Some columns of a <see cref="Parcel"/>.</summary>
public sealed record Label(Carriage Carriage, decimal Price, Uri? Tracking, Sku Sku);
