<#
.SYNOPSIS
Makes of a module's folder the package that the gallery takes. Run by the target PackageModule (Package.targets).

.DESCRIPTION
Writes into the folder what only a package has: the bill of materials (IocEnrich.cdx.json), the release notes out of the changelog, and,
where it is known where the project lives, its address and the online version of each help page. Then packs it, with the
PSResourceGet that ships with PowerShell.

.PARAMETER ModulePath
The folder, named like the module. Its manifest has a comment that says where the release notes go.

.PARAMETER Version
The version that is packed. The manifest must have the same.

.PARAMETER ChangelogPath
The changelog. The notes are the section of the version, or the one of what is not released yet.

.PARAMETER BillOfMaterialsPath
The bill of materials (CycloneDX, JSON) of all that was restored.

.PARAMETER RedistributedPath
A file with the packages, one a line, whose files are in the folder. Only these stay in the bill.

.PARAMETER Destination
The folder for the package. A package of the same version there is replaced.

.PARAMETER ProjectUri
Where the project lives, as https://host/owner/name. Without it the package names no address, because a wrong one is worse.

.EXAMPLE
dotnet build src/IocEnrich.PowerShell/IocEnrich.PowerShell.csproj -t:PackageModule
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [version] $Version,
    [Parameter(Mandatory)] [string] $ChangelogPath,
    [Parameter(Mandatory)] [string] $BillOfMaterialsPath,
    [Parameter(Mandatory)] [string] $RedistributedPath,
    [Parameter(Mandatory)] [string] $Destination,
    [string] $ProjectUri
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

# The bill of what is in the package. What was restored and is not redistributed (reference assemblies, packages without a file) goes, and
# what it depends on takes its place. Without the hour of its making: the same sources make the same bill.
function ConvertTo-BillOfRedistributed([System.Collections.IDictionary] $Bill, [string[]] $Redistributed) {
    $missing = $Redistributed | Where-Object { $_ -notin $Bill.components.name }
    if ($missing) { throw "The package has files of $($missing -join ', '), which the bill of materials does not list." }

    $Bill.metadata.Remove('timestamp')
    $dropped = @($Bill.components | Where-Object { $_.name -notin $Redistributed } | ForEach-Object { $_['bom-ref'] })
    $Bill.components = @($Bill.components | Where-Object { $_.name -in $Redistributed })

    $needs = @{}
    foreach ($dependency in $Bill.dependencies) { $needs[$dependency.ref] = @($dependency.dependsOn) }
    function Resolve-Kept([string[]] $References) {
        foreach ($reference in $References) {
            if ($reference -in $dropped) { Resolve-Kept $needs[$reference] } else { $reference }
        }
    }

    $Bill.dependencies = @(
        foreach ($dependency in $Bill.dependencies | Where-Object { $_.ref -notin $dropped }) {
            [ordered]@{ ref = $dependency.ref; dependsOn = @(Resolve-Kept $needs[$dependency.ref] | Sort-Object -Unique -CaseSensitive) }
        }
    )
    $Bill
}

# A section's text, without its heading.
function Get-ReleaseNote([string] $Changelog, [version] $Version) {
    foreach ($heading in "[$Version]", '[Unreleased]') {
        $section = [regex]::Match($Changelog, "(?ms)^## $([regex]::Escape($heading))[^\n]*\n(?<text>.*?)(?=^## |\z)")
        if ($section.Success -and $section.Groups['text'].Value.Trim()) { return $section.Groups['text'].Value.Trim() }
    }

    throw "The changelog has no text for the version $Version, and none for what is not released."
}

function Edit-Manifest([string] $Path, [System.Collections.IDictionary] $Values) {
    $text = Get-Content -LiteralPath $Path -Raw
    $place = [regex]::Match($text, '(?m)^(?<indent> *)# Packaging/New-ModulePackage\.ps1 [^\n]*\n')
    if (-not $place.Success) { throw "$Path does not say where the release notes go." }

    $lines = foreach ($name in $Values.Keys) {
        "$($place.Groups['indent'].Value)$name = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Values[$name]))'`n"
    }
    Set-Content -LiteralPath $Path -Value $text.Remove($place.Index, $place.Length).Insert($place.Index, -join $lines) -NoNewline
}

# Get-Help -Online opens the first address in a topic, which is also the HelpUri of its command.
function Add-OnlineHelp([string] $Path, [string] $PagesUrl) {
    $document = [System.Xml.XmlDocument]::new()
    $document.PreserveWhitespace = $true
    $document.Load($Path)
    $names = [System.Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    foreach ($topic in $document.SelectNodes('//command:command', $names)) {
        $name = $topic.SelectSingleNode('command:details/command:name', $names).InnerText
        $link = $document.CreateElement('maml', 'navigationLink', $names.LookupNamespace('maml'))
        $link.InnerXml = "<maml:linkText xmlns:maml='$($link.NamespaceURI)'>Online version</maml:linkText><maml:uri xmlns:maml='$($link.NamespaceURI)'>$PagesUrl/$name.md</maml:uri>"
        $null = $topic.SelectSingleNode('command:relatedLinks', $names).PrependChild($link)
    }
    $document.Save($Path)
}

$ModulePath = $ModulePath.TrimEnd('/', '\')
$module = Split-Path -Path $ModulePath -Leaf
$manifest = Join-Path $ModulePath "$module.psd1"
$found = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
if ($found -ne "$Version") { throw "The manifest has the version $found, and Directory.Build.props has $Version. Both must be the same." }

$bill = ConvertTo-BillOfRedistributed (Get-Content -LiteralPath $BillOfMaterialsPath -Raw | ConvertFrom-Json -AsHashtable) (Get-Content -LiteralPath $RedistributedPath)
$bill | ConvertTo-Json -Depth 32 | Set-Content -LiteralPath (Join-Path $ModulePath "$module.cdx.json")

$values = [ordered]@{ ReleaseNotes = Get-ReleaseNote (Get-Content -LiteralPath $ChangelogPath -Raw) $Version }
if ($ProjectUri) {
    $ProjectUri = $ProjectUri.TrimEnd('/')
    if ($ProjectUri -notmatch '^https://[^/\s]+/\S+$') { throw "$ProjectUri is no address of a repository, as in https://host/owner/name." }

    $values.ProjectUri = $ProjectUri
    Add-OnlineHelp (Join-Path $ModulePath 'en-US/IocEnrich.PowerShell.dll-Help.xml') "$ProjectUri/blob/v$Version/docs/cmdlets"
}
Edit-Manifest $manifest $values

$null = New-Item -Path $Destination -ItemType Directory -Force
Remove-Item -Path (Join-Path $Destination "$module.$Version.nupkg") -ErrorAction Ignore
Compress-PSResource -Path $ModulePath -DestinationPath $Destination
