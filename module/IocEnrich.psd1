@{
    RootModule           = 'IocEnrich.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d0c6f0b-52d3-4a63-9a5f-2f1f6b0b7c3e'
    Author               = 'The IocEnrich contributors'
    Copyright            = '(c) The IocEnrich contributors. MIT licence.'
    Description          = 'Looks up indicators of compromise in VirusTotal v3, in background jobs, within the quota of the key. For PowerShell 7.6 (LTS); also loads in PowerShell 7.4 and 7.5.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    # Loaded before the types file, which names types of theirs.
    RequiredAssemblies   = @('IocEnrich.Model.dll', 'IocEnrich.PowerShell.dll')
    TypesToProcess       = @('IocEnrich.Types.ps1xml')
    FormatsToProcess     = @('IocEnrich.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Clear-IocEnrichmentCache'
        'Find-Ioc'
        'Get-IocEnrichmentCache'
        'Get-IocEnrichmentJob'
        'Get-IocEnrichmentOption'
        'Get-IocEnrichmentQuota'
        'Receive-IocEnrichmentResult'
        'Set-IocEnrichmentOption'
        'Start-IocEnrichment'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()

    # No HelpInfoUri: the help lies in the module, and Update-Help has nothing newer to fetch.
    PrivateData          = @{
        PSData = @{
            # PSEdition_ and the platforms are what a gallery filters by.
            Tags       = @('VirusTotal', 'IOC', 'ThreatIntelligence', 'IncidentResponse', 'DFIR', 'Security', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
            # Packaging/New-ModulePackage.ps1 writes the ReleaseNotes here, out of CHANGELOG.md, and the ProjectUri where it is known.
        }
    }
}
