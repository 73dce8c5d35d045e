"""Closed classes of English words that the attribution rules lean on: function words, times, nouns by what they name.

Every set holds lower-case forms. Nothing here knows an article, a person or a company.
"""

from __future__ import annotations

from reader.quotes.given_names import FEMALE_NAMES as FEMALE_NAMES
from reader.quotes.given_names import FIRST_NAMES as FIRST_NAMES
from reader.quotes.given_names import NEUTRAL_NAMES as NEUTRAL_NAMES


def words(*lines: str) -> frozenset[str]:
    """The words of some space-separated lines as one set."""
    return frozenset(" ".join(lines).split())


PRONOUNS = words("he she they we i it you who which")
PERSONAL = words("he she")
OBJECTS = words("him her them us me you it")
DETERMINERS = words(
    "the a an this that these those his her its their our my your one two three four five several many some most other",
    "another all both few no any each former current senior top local every more multiple numerous various certain",
)
POSSESSIVES = words("his her its their our my your")
PREPOSITIONS = words(
    "in on at during after before to with by for from about as amid since following via through into over under of",
    "against among between within without per despite upon across behind near toward towards until",
    "regarding concerning including like than throughout beyond",
)
CONJUNCTIONS = words(
    "and but or while when because if although though whereas as after before since until so that where than whether",
    "unless once nor yet",
)
SUBORDINATORS = words("when while as because if although though whereas after before since until unless once where")
CONNECTIVES = words(
    "but and so yet still however instead meanwhile moreover furthermore also nevertheless nonetheless besides then",
    "additionally likewise or indeed thus hence therefore plus",
)
AUXILIARIES = words(
    "has have had would will did does do might could may should must can shall is was were are been being be am",
    "hasn’t haven’t hadn’t hasn't haven't hadn't",
)
BE = words("is was were are been being be am isn’t wasn’t isn't wasn't gets got getting get")
ADVERBS = words(
    "also later then recently previously repeatedly once again still already just even often never further both not",
    "himself herself themselves itself long first earlier today yesterday too now always sometimes soon since ever",
    "rather instead however meanwhile thus therefore thereby only simply quickly has have had would will did does do",
    "might could may should must can",
)
VERBAL = words(
    "is was are were has have had will would can could should may might must do does did be been isn’t aren’t wasn’t",
    "weren’t don’t doesn’t didn’t won’t can’t couldn’t wouldn’t shouldn’t hasn’t haven’t hadn’t isn't aren't wasn't",
    "weren't don't doesn't didn't won't can't couldn't wouldn't shouldn't hasn't haven't hadn't cannot i'm i’m",
    "it's it’s he's he’s she's she’s they're they’re we're we’re you're you’re that's that’s there's there’s we've",
    "we’ve they've they’ve i've i’ve it'll it’ll they'll they’ll we'll we’ll he'd he’d she'd she’d they'd they’d",
    "i'd i’d we'd we’d you'll you’ll you've you’ve i'll i’ll what's what’s who's who’s here's here’s ain't ain’t",
)
DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words(
    "january february march april may june july august september october november december",
    "jan. feb. aug. sept. oct. nov. dec. jan feb aug sept oct nov dec mar. apr. jun. jul.",
)
TIMES = DAYS | words(
    "today yesterday tomorrow tonight last this next week weeks month months year years earlier later night morning",
    "afternoon evening recently day days hours hour ago now early late weekend spring summer fall autumn winter",
    "monday's tuesday's wednesday's thursday's friday's monday’s tuesday’s wednesday’s thursday’s friday’s",
)
NEGATIONS = words(
    "not never didn’t didn't doesn’t doesn't don’t don't won’t won't wouldn’t wouldn't couldn’t couldn't can’t can't",
    "cannot declined declines refused refuses hasn’t hasn't haven’t haven't hadn’t hadn't nor neither without nobody",
    "unable failed isn’t isn't wasn’t wasn't",
)
TITLES = words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov governor gen general lt",
    "col colonel sgt sergeant capt captain maj major cpl det detective insp inspector supt superintendent judge",
    "justice president minister mayor sheriff officer agent rev reverend hon congressman congresswoman secretary",
    "commissioner chancellor pc dc dci di ds ch coun cllr con acc pcso",
    "commander adm admiral brigadier councillor councilman councilwoman ambassador attorney constable deputy",
    "trooper patrolman baroness cardinal archbishop rabbi imam ayatollah",
)
# Titles that are offices: they stay as the role.
RANKS = words(
    "sen rep gov sgt lt capt det col gen maj cpl supt ch insp coun cllr councillor congressman",
    "congresswoman sheriff justice",
)
# What stands behind a name and is no part of it (as written).
BEHIND_NAMES = words("Jr Sr II III PhD MD MP MEP MSP QC KC CBE OBE MBE CISSP")
PARTICLES = words("de von van der den del della di da du la le al bin ibn el ben ter ten bint dos das st. mc")

# --- nouns by what they name -----------------------------------------------------------------------------------------

ROLES = words(
    "director manager president officer founder co-founder cofounder analyst researcher engineer architect consultant",
    "strategist evangelist professor lecturer expert specialist scientist spokesman spokeswoman spokesperson",
    "spokesmen ceo cto ciso cso cio cfo coo cmo cpo chro chairman chairwoman chairperson chair partner counsel",
    "attorney lawyer adviser advisor fellow secretary minister senator commissioner mayor governor agent detective",
    "sheriff superintendent author blogger technologist pioneer vp svp evp md coordinator leader owner editor",
    "reporter investigator hunter member executive technician administrator teacher student doctor judge prosecutor",
    "colonel chief head principal dean chancellor provost curator journalist correspondent columnist developer",
    "programmer hacker cryptographer mathematician economist sociologist psychologist criminologist instructor",
    "postdoc representative lawmaker congressman congresswoman councillor councilman councilwoman mep mp ambassador",
    "inspector sergeant captain lieutenant deputy constable warden chaplain official undersecretary solicitor",
    "barrister magistrate trustee treasurer controller comptroller auditor accountant banker broker trader",
    "entrepreneur inventor historian statistician broadcaster producer activist campaigner advocate ombudsman",
    "rapporteur envoy liaison supervisor boss veteran graduate contractor whistleblower tester pentester operator",
    "designer publisher host co-author co-host nurse physician surgeon pharmacist clerk attache chairwomen",
    "vice-president lead practitioner guru cio/ciso premier chair-elect co-ceo co-director co-chair scholar academic",
    "speaker whip nominee candidate congressperson assistant associate intern watchdog regulator manager-general",
    "president-elect pastor bishop farmer resident employee",
)
ROLES |= words(
    "aide aides ally operative delegate pollster counselor appointee organizer organiser trainer coach athlete artist",
    "actor actress singer musician filmmaker photographer vlogger youtuber streamer gamer novelist poet critic",
    "reviewer translator guard soldier pilot driver mechanic dealer realtor landlord therapist psychiatrist dentist",
    "biologist chemist physicist astronomer geologist epidemiologist virologist anthropologist philosopher linguist",
    "peer backbencher crossbencher sponsor co-sponsor",
    "librarian archivist volunteer insider bookkeeper accountant paralegal stylist retiree caseworker forecaster",
    "meteorologist statistician modeler examiner coroner negotiator editor-in-chief pulmonologist",
)
ROLES |= frozenset(f"ex-{role}" for role in ROLES)
ROLE_WORDS = ROLES | words(
    "senior vice executive managing principal general deputy assistant associate lead chief global regional national",
    "technical technology security threat cyber information research operating financial marketing product sales",
    "legal program project staff special former acting interim digital data privacy risk fraud intelligence",
    "cybersecurity malware incident response software systems network cloud co- group customer communications",
    "attorney policy public affairs relations strategy development engineering science emeritus visiting adjunct",
    "press foreign home defense defence interior treasury education energy transportation commerce labor agriculture",
    "finance justice trade health environment communications prime minority majority opposition",
    "professor first second third corporate independent veteran shadow junior homeland",
)
EXPERTS = words(
    "researcher researchers analyst analysts expert experts professor professors academic academics scientist",
    "scientists lecturer lecturers consultant consultants specialist specialists fellow fellows strategist evangelist",
    "cryptographer cryptographers architect technologist engineer engineers scholar scholars economist criminologist",
    "psychologist lawyer lawyers attorney attorneys hunter hunters practitioner practitioners observer observers",
    "pundits tester pentester hacktivist vendors pros professionals professional adviser advisor advisers advisors",
    "instructor teacher postdoc mathematician statistician historian partner counsel journalist investigator",
    "technicians programmers programmer developer",
)
SPOKESPEOPLE = words(
    "spokesman spokeswoman spokesperson spokespeople spokespersons spokesmen spokeswomen representative rep reps",
    "representatives",
)
GROUPS = words(
    "researchers analysts experts officials authorities police investigators scientists academics lawyers attorneys",
    "hackers attackers criminals scammers fraudsters crooks thieves cybercriminals critics customers users victims",
    "sources people executives lawmakers senators prosecutors regulators consultants specialists engineers advocates",
    "observers employees workers insiders residents representatives spokespeople spokespersons members agents",
    "professionals vendors companies firms banks agencies reports media outlets newspapers readers passengers",
    "patients students teachers parents consumers homeowners detectives officers deputies campaigners activists",
    "groups mps peers developers authors maintainers pundits commentators leaders ministers politicians democrats",
    "republicans",
    "economists diplomats administrators staff team squad scholars lecturers professors plaintiffs defendants",
    "suspects operators culprits perpetrators extortionists gangs others many some several most opponents",
    "supporters proponents organizers organisers owners managers directors makers creators two three four five",
    "both witnesses neighbours neighbors relatives friends colleagues bloggers journalists reporters judges counsel",
    "auditors accountants bankers brokers traders investors shareholders retailers merchants doctors nurses",
    "technicians hospitals universities schools councils governments states counties cities websites stakeholders",
    "partners testers contractors councillors councilors commissioners hunters practitioners veterans vendors",
    "aides advisers advisors soldiers commanders rebels militants mothers fathers women men kids children voters",
    "allies loyalists backers donors protesters lobbyists",
    "individuals subscribers members intruders actors firefighters",
)
ANONYMOUS = words(
    "person man woman source official spokesman spokeswoman spokesperson employee worker executive researcher analyst",
    "expert lawyer attorney hacker attacker scammer caller victim user customer reader resident member insider",
    "investigator prosecutor judge agent officer detective representative staffer aide adviser advisor engineer",
    "consultant administrator manager director student teacher parent neighbour neighbor witness student professor",
    "individual someone somebody anyone one another developer operator criminal fraudster thief suspect defendant",
    "plaintiff whistleblower contractor minister lawmaker diplomat economist ceo boss owner founder moderator",
    "commenter poster author blogger journalist reporter technician specialist scientist clerk teller agent patient",
    "passenger tenant homeowner subscriber merchant seller buyer vendor intruder boy girl guy lady colleague friend",
    "president chairman chief head superintendent principal mayor ciso cto rep",
)
COMPANIES = words(
    "company firm vendor startup start-up manufacturer maker giant provider retailer bank lender carrier operator",
    "outfit business corporation developer insurer broker exchange publisher chain store service site website",
    "platform network agency organisation organization group department ministry university school college hospital",
    "council city county town district board commission bureau institute institution foundation charity association",
    "union party committee authority regulator watchdog centre center clinic airline airport utility",
    "newspaper magazine outlet blog portal paper journal consultancy consortium nonprofit non-profit trust",
    "team lab laboratory office force service administration government police crew gang collective cooperative",
    "airline brokerage processor supplier integrator contractor subsidiary parent state division unit brand hotel",
    "thinktank think-tank",
    "body chamber taskforce project alliance coalition federation society academy",
    "practice campus army navy military court tribunal embassy",
)
DOCUMENTS = words(
    "report study survey research statement advisory alert bulletin notice letter email e-mail post blog article memo",
    "paper filing complaint indictment affidavit lawsuit suit ruling document documents analysis review audit release",
    "press-release announcement message note warning tweet tweets page website webpage site faq guidance manual",
    "transcript poll index assessment findings results data figures statistics investigation letters emails",
    "documentation whitepaper white-paper notification update posts reports studies surveys records testimony",
    "summary presentation newsletter entry thread video snippet section text flyer brochure order decision verdict",
    "judgment opinion policy law act bill charge charges plea petition brief dispatch column editorial story account",
    "screenshot screenshots rfc disclosure factsheet leaflet book essay papers filings statements story stories log",
    "logs evidence leak dump preface warrant agreement motion subpoena chapter slide slides notes exploit code",
    "estimates ad ads advert advertisement listing commentary publication publications questionnaire poster posting",
    "postings messages",
)
OUTLETS = words(
    "reuters bloomberg ap afp cnn bbc npr cbs nbc abc fox motherboard vice wired techcrunch zdnet cnet fortune forbes",
    "politico axios guardian telegraph independent register cyberscoop threatpost gizmodo mashable vox",
    "buzzfeed newsweek fox59 ars verge intercept techradar krebsonsecurity xinhua tass interfax kommersant",
    "spiegel haaretz recode quartz ynet engadget slate salon msnbc cnbc theregister computerworld infoworld",
    "securityweek bleepingcomputer bankinfosecurity eweek",
)
OUTLET_WORDS = words(
    "news times post journal daily herald tribune gazette chronicle magazine newspaper observer telegraph guardian",
    "radio tv television press media today week insider mail mirror sun globe star examiner dispatch courier register",
    "standard review podcast newswire advocate beast computing",
)
ADVERSARIES = words(
    "hacker hackers attacker attackers scammer scammers fraudster fraudsters criminal criminals thief thieves crook",
    "crooks cybercriminal cybercriminals extortionist extortionists culprit culprits perpetrator perpetrators caller",
    "callers suspect suspects defendant defendants impostor imposter impostors ransomware malware intruder intruders",
    "phisher phishers robber con-man conman bots spammer spammers ransom cyberattackers cyber-attackers",
    "gang hacktivist hacktivists cyberattacker hackers-for-hire",
)
FAKES = words("bogus fake fraudulent scam phishing ransom spoofed hoax spam malicious counterfeit phony extortion")
OFFICIALS = words(
    "official officials police authorities sheriff detective detectives mayor minister ministry senator congressman",
    "congresswoman lawmaker lawmakers prosecutor prosecutors attorney-general governor commissioner government judge",
    "court fbi nsa cia dhs gchq ncsc nca europol interpol doj ftc sec irs cfpb fcc fda hhs us-cert cisa gao nist ico",
    "treasury pentagon commons holyrood westminster parliament congress",
    "senate secretary inspector sergeant constable councillor regulator",
    "regulators superintendent magistrate premier chancellor embassy ambassador army navy military marshal",
    "investigators deputies agents mps downing whitehall ofcom fca acma accc asic oaic cert trooper troopers kremlin",
    "cabinet commissioners",
    "councilman councilwoman watchdog enisa anssi bsi eff-doj usss mep mp president undersecretary envoy diplomat",
    "ministers senators administration councillors cyber-command homeland prosecutor's lieutenant captain colonel",
)
OFFICIAL_PHRASES = words(
    "department ministry bureau agency police government commission court senate congress parliament council state",
    "county city federal national attorney sheriff's sheriff’s homeland district authority treasury customs",
    "constabulary municipal embassy nasa noaa esa",
)
NATIONS = words(
    "american british russian chinese israeli ukrainian french german dutch indian australian canadian japanese korean",
    "olympic",
    "iranian european finnish swedish italian spanish irish scottish welsh swiss belgian austrian polish czech",
    "romanian estonian latvian lithuanian danish norwegian turkish saudi brazilian mexican singaporean malaysian",
    "philippine filipino indonesian vietnamese taiwanese pakistani bangladeshi nigerian kenyan egyptian californian",
    "us u.s. uk u.k. eu u.s u.k north south african bulgarian hungarian slovak greek portuguese moscow-based nz",
    "tory labour republican democratic democrat conservative gop",
    "syrian iraqi afghan thai argentine argentinian chilean colombian western bavarian us-based uk-based",
)
ORG_WORDS = words(
    "inc inc. corp corp. ltd ltd. llc llp plc gmbh co co. company companies group holdings labs lab laboratory",
    "laboratories security systems software technologies technology networks network solutions services partners bank",
    "university college school institute foundation association council commission committee department ministry",
    "agency bureau police office center centre hospital clinic force federation union society trust authority",
    "administration service court senate congress parliament house board exchange research team news times post",
    "journal magazine media press communications telecom mobile airlines airways energy health healthcare medical",
    "care family practice insurance financial capital ventures consulting international global industries enterprises",
    "entertainment studios records county city state government national federal republic army navy division unit",
    "district program alliance coalition consortium initiative project intelligence analytics cyber defense defence",
    "infosec data digital threat cloud online store stores furniture electronics motors pharmacy supermarkets party",
    "reserve university's register interactive brokers corporation limited ag sa nv bv pty s.a. brokers watch command",
    "lightning world risk schools museum library church brokers wiki electric wireless computer computers code game",
    "games web apache organisation organization programme",
)
# Nouns that end the names of companies, products and gangs, and rarely those of people with a known first name.
ORG_NOUNS = words(
    "video audio fashion beauty sports fitness sport trading markets toys kids foods labs works shop market bakery",
    "grid pay point works box drive rail motor power water gas oil steel foods food pharma pharmaceuticals logistics",
    "shipping transport travel hotels resorts casino casinos bancorp savings mutual fund funds realty properties",
    "coffee express direct one prime plus max pro tech dynamics robotics automation semiconductor semiconductors",
    "devices instruments aerospace space satellite fiber broadband cable telekom phone phones apps app play studio",
    "pictures films music publishing archives maps docs search ads metrics insights signal signals shield guard armor",
    "safe secure verify lock keys gate firewall bear panda spider kitten dragon lazarus cat worm bot net soft ware",
    "drop exchange chain coin coins crypto wallet protocol browser server windows office android chrome update patch",
    "tuesday street hub cart overlord collective squad crew kit ransomware malware trojan alto valley state island",
    "hill city park avenue road",
)
# What an organisation has or sells: names that end so are not its own.
ENTERPRISES = words(
    "program programme project initiative app apps store play chrome windows office android search maps docs mobile",
    "cloud platform suite browser server update patch exchange protocol toolbar messenger online web park market",
    "valley island hill road avenue street tv phone phones pay pro plus max prime music drive studio pictures",
)
# What cannot speak, whatever verb stands beside it.
THINGS = words("extent number amount way fact impact scale size rate cost nature timing fate frequency severity")
# Words that a sentence may begin with and that are then capitalised without being names.
COMMON = words(
    "outside inside prior more cyber local federal state other new recent internal independent senior several some",
    "former early many additional security cybersecurity industry police government company school hospital bank",
    "university technology researchers experts officials analysts law legal court additional most few all both those",
    "these such computer information network online digital private public foreign military intelligence national",
    "international extra further similar initial preliminary final second third first last next previous later",
    "earlier leading top highlighting citing according given based following speaking asked despite although however",
    "still even just only phishing ransomware malware hackers attackers criminals scammers fraudsters victims",
    "customers users people insurance consumer consumers family health medical media press news reports social web",
    "website internet data aviation market political trade education energy oil gas banking medical climate election",
    "environmental human labor labour tech retail financial economic religious civil animal women gun abortion prison",
    "immigration opposition business student western eastern southern northern central regional community church",
    "tribal conservative liberal progressive legal voting privacy housing farm transport housing football",
)
PLACES = words(
    "canada america britain england scotland wales ireland germany france russia china israel iran korea india",
    "australia japan ukraine london washington moscow beijing europe asia africa singapore malaysia italy spain",
    "brazil mexico netherlands belgium switzerland sweden norway denmark finland poland romania estonia latvia",
    "lithuania turkey egypt nigeria kenya pakistan bangladesh vietnam thailand indonesia philippines taiwan",
    "california texas florida ohio virginia maryland georgia michigan illinois pennsylvania massachusetts oregon",
    "colorado arizona nevada utah kansas missouri minnesota wisconsin indiana kentucky tennessee alabama louisiana",
    "oklahoma iowa nebraska paris berlin brussels geneva vienna rome madrid tokyo seoul delhi mumbai sydney melbourne",
    "toronto ottawa vancouver montreal jersey york hampshire carolina dakota vermont maine connecticut delaware",
    "wyoming montana idaho hawaii alaska mississippi arkansas nebraska louisiana rhode puerto boston chicago dallas",
    "houston seattle denver miami philadelphia detroit ottawa kyiv kiev tehran",
)
SECURITY_VENDORS = words(
    "kaspersky symantec mcafee fireeye mandiant eset sophos avast avg bitdefender malwarebytes crowdstrike proofpoint",
    "rapid7 tripwire imperva fortinet f-secure webroot carbonite qualys tenable cybereason secureworks recorded-future",
    "trustwave talos trendmicro checkpoint cylance flashpoint digital-shadows intezer varonis veracode akamai",
    "cloudflare cybellum wordfence sucuri emsisoft dragos forcepoint barracuda mimecast cofense phishme knowbe4 agari",
    "sentinelone comodo zscaler panda radware netskope lookout zimperium risksense riskiq upguard armor alertlogic",
    "anomali vectra exabeam darktrace immuniweb hackerone bugcrowd synack norton g-data jfrog claroty zecops",
    "armorblox profero snyk wiz lacework uptycs eclypsium binarly volexity huntress coveware chainalysis group-ib",
    "intel471 cyble cybersixgill greynoise censys netscout sysdig paloalto unit42 sonicwall watchguard acronis",
    "cyberark beyondtrust sailpoint venafi tanium morphisec sentinellabs securelist guardicore illumio vdoo forescout",
    "armis nozomi withsecure outpost24 sekoia threatfabric cleafy bitsight securityscorecard riskrecon ironscales",
    "egress tessian valimail greathorn certik slowmist peckshield promon pradeo nordvpn expressvpn protonmail",
    "lastpass 1password bitwarden",
)
PRIVATE = words(
    "resident native woman man mother father victim student teenager teen homeowner customer owner retiree widow",
    "widower mum mom dad grandmother grandfather pensioner couple boy girl farmer patient voter",
)

# --- unions used in inner loops ---------------------------------------------------------------------------------------

OPENERS = DETERMINERS | POSSESSIVES
DETERMINERS_OR_PREPOSITIONS = DETERMINERS | PREPOSITIONS
PRONOUNS_OR_DETERMINERS = PRONOUNS | DETERMINERS
ANY_PRONOUN = PRONOUNS | OBJECTS
ADJUNCT_WORDS = PREPOSITIONS | TIMES
ROLES_OR_TITLES = ROLES | TITLES
ROLES_OR_GROUPS = ROLES | GROUPS
COMMON_NOUNS = ROLES | COMPANIES | GROUPS | DOCUMENTS
ORG_ENDINGS = ORG_WORDS | ORG_NOUNS
BODIES = ORG_WORDS | OFFICIAL_PHRASES
ALL_OUTLETS = OUTLETS | OUTLET_WORDS
ALL_OFFICIAL = OFFICIALS | OFFICIAL_PHRASES
COMPANY_ONLY = COMPANIES - ROLES
CALENDAR = MONTHS | DAYS

# What a text is made of: "as described in the last two sections" names nobody.
PARTS_OF_TEXTS = words(
    "section sections chapter chapters paragraph paragraphs heading headings subsection appendix footnote footnotes",
    "table screenshot screenshots diagram snippet snippets listing example examples tutorial step steps",
)
