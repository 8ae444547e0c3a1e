using System.Globalization;
using System.Management.Automation;
using System.Text;
using IocEnrich.Engine.Documents.Encodings;

namespace IocEnrich.PowerShell.Commands;

/// <summary>Takes an encoding as Get-Content does: by PowerShell's names, by its own name, by the number of its code page, or itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>PowerShell's own names.</summary>
    internal static readonly string[] Names =
        ["ascii", "ansi", "bigendianunicode", "bigendianutf32", "oem", "unicode", "utf8", "utf8BOM", "utf8NoBOM", "utf32"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            Encoding { CodePage: not 65000 } or null => value!,
            string or int => Find(Convert.ToString(value, CultureInfo.InvariantCulture)!)
                ?? throw new ArgumentTransformationMetadataException(
                    $"There is no encoding {DisplayText.Clean(value.ToString() ?? "")}. Use a name that Get-Content accepts, such as utf8 or unicode, another name, such as windows-1251, or a code page, such as 1251. UTF-7 is not supported."),
            Encoding => throw new ArgumentTransformationMetadataException("UTF-7 is not supported. Use another encoding."),
            _ => throw new ArgumentTransformationMetadataException($"An object of the type {value.GetType().Name} is not an encoding."),
        };
    }

    private static Encoding? Find(string name) => name.ToUpperInvariant() switch
    {
        "ASCII" => EncodingNames.Find("us-ascii"),
        "ANSI" => EncodingNames.Find(CultureInfo.CurrentCulture.TextInfo.ANSICodePage.ToString(CultureInfo.InvariantCulture)),
        "OEM" => EncodingNames.Find(CultureInfo.CurrentCulture.TextInfo.OEMCodePage.ToString(CultureInfo.InvariantCulture)),
        "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
        "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        "UNICODE" => Encoding.Unicode,
        "UTF8" or "UTF8BOM" or "UTF8NOBOM" or "DEFAULT" => Encoding.UTF8,
        "UTF32" => Encoding.UTF32,
        _ => EncodingNames.Find(name),
    };
}
