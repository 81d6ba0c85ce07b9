namespace Quickstart.Seeding;

/// <summary>What names and places the shop's rows are made of. Some have letters beyond ASCII, as real ones do.</summary>
internal static class Catalogue
{
    public static readonly string[] FirstNames =
    [
        "Anna", "Bruno", "Chloé", "David", "Elif", "Fatima", "George", "Hélène", "Ivan", "Jürgen", "Kaito", "Lucía",
        "Mateo", "Nadia", "Olga", "Pedro", "Quentin", "Rosa", "Søren", "Tomáš", "Uma", "Vera", "Wei", "Ximena", "Yusuf", "Zoë",
    ];

    public static readonly string[] LastNames =
    [
        "Andersen", "Bianchi", "Costa", "Dubois", "Eriksson", "Fernández", "García", "Horváth", "Ivanova", "Jansen", "Kowalski",
        "Łukasiewicz", "Müller", "Novák", "O'Brien", "Petrov", "Quispe", "Rossi", "Sato", "Tanaka", "Ueda", "Virtanen", "Weiß", "Yılmaz", "Zhang",
    ];

    public static readonly string[] Cities =
    [
        "Aarhus", "Bogotá", "Cape Town", "Dublin", "Eindhoven", "Firenze", "Göteborg", "Hanoi", "İzmir", "Jaipur", "Kraków", "Lisboa",
        "Málaga", "Nairobi", "Osaka", "Porto", "Quito", "Reykjavík", "São Paulo", "Toulouse", "Utrecht", "Valparaíso", "Wien", "Zürich",
    ];

    public static readonly string[] Notes = ["leave at the door", "gift wrap, please", "call before delivery", "Größe tauschen", "deliver after 18:00"];
}
