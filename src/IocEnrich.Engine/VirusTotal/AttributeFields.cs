using System.Text.Json;

namespace IocEnrich.Engine.VirusTotal;

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
    MeaningfulName,
    Names,
    Network,
    PopularThreatClassification,
    Registrar,
    Reputation,
    Sha256,
    Size,
    Tags,
    ThreatNames,
    Title,
    TypeDescription,
}

/// <summary>Names of attributes, as the API writes them.</summary>
internal static class AttributeFields
{
    /// <summary>The attribute that a property name stands for. The length decides first: most names are passed over at that.</summary>
    internal static AttributeField Of(ref Utf8JsonReader json) => json.ValueSpan.Length switch
    {
        3 => json.ValueTextEquals("asn"u8) ? AttributeField.Asn : AttributeField.Other,
        4 => json.ValueTextEquals("tags"u8) ? AttributeField.Tags
            : json.ValueTextEquals("size"u8) ? AttributeField.Size
            : AttributeField.Other,
        5 => json.ValueTextEquals("names"u8) ? AttributeField.Names
            : json.ValueTextEquals("title"u8) ? AttributeField.Title
            : AttributeField.Other,
        6 => json.ValueTextEquals("sha256"u8) ? AttributeField.Sha256 : AttributeField.Other,
        7 => json.ValueTextEquals("country"u8) ? AttributeField.Country
            : json.ValueTextEquals("network"u8) ? AttributeField.Network
            : AttributeField.Other,
        8 => json.ValueTextEquals("as_owner"u8) ? AttributeField.AsOwner : AttributeField.Other,
        9 => json.ValueTextEquals("registrar"u8) ? AttributeField.Registrar : AttributeField.Other,
        10 => json.ValueTextEquals("reputation"u8) ? AttributeField.Reputation
            : json.ValueTextEquals("categories"u8) ? AttributeField.Categories
            : AttributeField.Other,
        12 => json.ValueTextEquals("threat_names"u8) ? AttributeField.ThreatNames : AttributeField.Other,
        13 => json.ValueTextEquals("creation_date"u8) ? AttributeField.CreationDate : AttributeField.Other,
        14 => json.ValueTextEquals("last_final_url"u8) ? AttributeField.LastFinalUrl : AttributeField.Other,
        15 => json.ValueTextEquals("meaningful_name"u8) ? AttributeField.MeaningfulName : AttributeField.Other,
        16 => json.ValueTextEquals("type_description"u8) ? AttributeField.TypeDescription : AttributeField.Other,
        18 => json.ValueTextEquals("last_analysis_date"u8) ? AttributeField.LastAnalysisDate : AttributeField.Other,
        19 => json.ValueTextEquals("last_analysis_stats"u8) ? AttributeField.LastAnalysisStats : AttributeField.Other,
        21 => json.ValueTextEquals("last_analysis_results"u8) ? AttributeField.LastAnalysisResults
            : json.ValueTextEquals("first_submission_date"u8) ? AttributeField.FirstSubmissionDate
            : AttributeField.Other,
        23 => json.ValueTextEquals("last_http_response_code"u8) ? AttributeField.LastHttpResponseCode : AttributeField.Other,
        29 => json.ValueTextEquals("popular_threat_classification"u8) ? AttributeField.PopularThreatClassification : AttributeField.Other,
        _ => AttributeField.Other,
    };
}
