namespace VirusTotal.Emulator.Answers;

/// <summary>The names of engines, as the service spells them.</summary>
internal static class EngineNames
{
    /// <summary>Scanners of files.</summary>
    public static readonly string[] OfFiles =
    [
        "Bkav", "Lionic", "tehtris", "ClamAV", "MicroWorld-eScan", "FireEye", "CAT-QuickHeal", "Skyhigh", "ALYac", "Malwarebytes", "VIPRE",
        "Sangfor", "K7AntiVirus", "BitDefender", "K7GW", "CrowdStrike", "Arcabit", "BitDefenderTheta", "VirIT", "SymantecMobileInsight",
        "Symantec", "Elastic", "ESET-NOD32", "APEX", "Paloalto", "Cynet", "Kaspersky", "Alibaba", "NANO-Antivirus", "SUPERAntiSpyware",
        "ViRobot", "Rising", "Sophos", "Baidu", "F-Secure", "DrWeb", "Zillya", "TrendMicro", "Trapmine", "Emsisoft", "Ikarus", "GData",
        "Jiangmin", "Webroot", "Varist", "Avira", "Antiy-AVL", "Kingsoft", "Microsoft", "Gridinsoft", "Xcitium", "ZoneAlarm", "Google",
        "AhnLab-V3", "Acronis", "McAfee", "MAX", "VBA32", "Cylance", "Panda", "Zoner", "TrendMicro-HouseCall", "Tencent", "Yandex",
        "SentinelOne", "MaxSecure", "Fortinet", "AVG", "Avast", "Cybereason", "DeepInstinct", "Avast-Mobile", "BitDefenderFalx", "CMC",
        "Cyren", "TACHYON", "Trustlook", "TotalDefense", "Qihoo-360", "Ad-Aware",
    ];

    /// <summary>Block lists and scanners of domains, addresses and URLs.</summary>
    public static readonly string[] OfNetworks =
    [
        "Acronis", "0xSI_f33d", "Abusix", "ADMINUSLabs", "Axur", "ChainPatrol", "Criminal IP", "AILabs (MONITORAPP)", "AlienVault",
        "alphaMountain.ai", "AlphaSOC", "Antiy-AVL", "ArcSight Threat Intelligence", "AutoShun", "benkow.cc", "Bfore.Ai PreCrime",
        "BitDefender", "Bkav", "Blueliv", "Certego", "Chong Lua Dao", "CINS Army", "Cluster25", "CMC Threat Intelligence",
        "Snort IP sample list", "CRDF", "CSIS Security Group", "Cyan", "Cyble", "CyRadar", "desenmascara.me", "DNS8", "Dr.Web",
        "EmergingThreats", "Emsisoft", "Ermes", "ESET", "ESTsecurity", "Forcepoint ThreatSeeker", "Fortinet", "G-Data",
        "GCP Abuse Intelligence", "Google Safebrowsing", "GreenSnow", "Gridinsoft", "Heimdal Security", "Hunt.io Intelligence", "IPsum",
        "Juniper Networks", "K7AntiVirus", "Kaspersky", "Lionic", "Lumu", "MalwarePatrol", "MalwareURL", "Malwared", "Mimecast",
        "Netcraft", "NotMining", "Nucleon", "OpenPhish", "PhishFort", "Phishing Database", "PhishLabs", "Phishtank", "PREBYTES",
        "PrecisionSec", "Quick Heal", "Quttera", "Rising", "SafeToOpen", "Sangfor", "Sansec eComscan", "Scantitan", "SCUMWARE.org",
        "Seclookup", "SecureBrain", "SOCRadar", "Sophos", "Spam404", "StopForumSpam", "Sucuri SiteCheck", "ThreatHive",
        "Threatsourcing", "Trustwave", "Underworld", "URLhaus", "URLQuery", "Viettel Threat Intelligence", "VIPRE", "ViriBack",
        "VX Vault", "Webroot", "Xcitium Verdict Cloud", "Yandex Safebrowsing", "ZeroCERT", "ZeroFox",
    ];
}
