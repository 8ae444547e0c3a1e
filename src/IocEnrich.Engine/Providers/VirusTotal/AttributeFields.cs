using System.Text.Json;
using IocEnrich.Engine.Http;

namespace IocEnrich.Engine.Providers.VirusTotal;

/// <summary>The attributes of a report that are read.</summary>
internal enum AttributeField
{
    Other = 0,
    AsOwner,
    Asn,
    Categories,
    Country,
    CreationDate,
    FirstSubmissionDate,
    LastAnalysisDate,
    LastAnalysisResults,
    LastAnalysisStats,
    LastFinalUrl,
    LastHttpResponseCode,
    Md5,
    MeaningfulName,
    Names,
    Network,
    PopularThreatClassification,
    Registrar,
    Reputation,
    Sha1,
    Sha256,
    Size,
    Tags,
    ThreatNames,
    Title,
    TypeDescription,
    Url,
}

/// <summary>Names of attributes, as the API writes them.</summary>
internal static class AttributeFields
{
    /// <summary>The attribute that a property name stands for.</summary>
    internal static AttributeField Of(ref Utf8JsonReader json) => Of(json.ValueIsEscaped ? JsonName.Unescape(ref json) : json.ValueSpan);

    // The length decides first: most names are passed over at that.
    private static AttributeField Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 => name.SequenceEqual("asn"u8) ? AttributeField.Asn
            : name.SequenceEqual("url"u8) ? AttributeField.Url
            : name.SequenceEqual("md5"u8) ? AttributeField.Md5
            : AttributeField.Other,
        4 => name.SequenceEqual("sha1"u8) ? AttributeField.Sha1
            : name.SequenceEqual("tags"u8) ? AttributeField.Tags
            : name.SequenceEqual("size"u8) ? AttributeField.Size
            : AttributeField.Other,
        5 => name.SequenceEqual("names"u8) ? AttributeField.Names
            : name.SequenceEqual("title"u8) ? AttributeField.Title
            : AttributeField.Other,
        6 => name.SequenceEqual("sha256"u8) ? AttributeField.Sha256 : AttributeField.Other,
        7 => name.SequenceEqual("country"u8) ? AttributeField.Country
            : name.SequenceEqual("network"u8) ? AttributeField.Network
            : AttributeField.Other,
        8 => name.SequenceEqual("as_owner"u8) ? AttributeField.AsOwner : AttributeField.Other,
        9 => name.SequenceEqual("registrar"u8) ? AttributeField.Registrar : AttributeField.Other,
        10 => name.SequenceEqual("reputation"u8) ? AttributeField.Reputation
            : name.SequenceEqual("categories"u8) ? AttributeField.Categories
            : AttributeField.Other,
        12 => name.SequenceEqual("threat_names"u8) ? AttributeField.ThreatNames : AttributeField.Other,
        13 => name.SequenceEqual("creation_date"u8) ? AttributeField.CreationDate : AttributeField.Other,
        14 => name.SequenceEqual("last_final_url"u8) ? AttributeField.LastFinalUrl : AttributeField.Other,
        15 => name.SequenceEqual("meaningful_name"u8) ? AttributeField.MeaningfulName : AttributeField.Other,
        16 => name.SequenceEqual("type_description"u8) ? AttributeField.TypeDescription : AttributeField.Other,
        18 => name.SequenceEqual("last_analysis_date"u8) ? AttributeField.LastAnalysisDate : AttributeField.Other,
        19 => name.SequenceEqual("last_analysis_stats"u8) ? AttributeField.LastAnalysisStats : AttributeField.Other,
        21 => name.SequenceEqual("last_analysis_results"u8) ? AttributeField.LastAnalysisResults
            : name.SequenceEqual("first_submission_date"u8) ? AttributeField.FirstSubmissionDate
            : AttributeField.Other,
        23 => name.SequenceEqual("last_http_response_code"u8) ? AttributeField.LastHttpResponseCode : AttributeField.Other,
        29 => name.SequenceEqual("popular_threat_classification"u8) ? AttributeField.PopularThreatClassification : AttributeField.Other,
        _ => AttributeField.Other,
    };
}
