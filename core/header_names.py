"""The catalogue of column headers: which lead field they name, which they only speak about, which they do not name.

A header is compared by its letters and digits alone, without accents and case: “E-Mail”, “e_mail” and “EMAIL” are one.
"""

import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

from core.fields import FIELDS

#: How sure a header is of its field. The order decides which of two columns gets the field.
EXACT = 0.97  # the field's own name
KNOWN = 0.95  # its usual name in an export or a language
GOOD = 0.9  # also usual, but gives way to the above: the direct line to “Phone”
PAIRED = 0.85  # one half of a name because the other half stands beside it
SECOND = 0.75  # a second thing of its kind: a mobile number, a private address
WEAK = 0.55  # could be something else as well; its values decide

ENGLISH = "English"
LANGUAGES = frozenset({ENGLISH, "German", "French", "Spanish", "Portuguese", "Dutch", "Italian"})


class KnownHeader(NamedTuple):
    """One header that names a field. ``origin`` is the product that exports it, or the language."""

    field: str
    origin: str
    strength: float
    text: str


# fmt: off
# (field, origin, strength, headers between bars). Where a header stands twice, the first line of a field counts.
_CATALOGUE: tuple[tuple[str, str, float, str], ...] = (
    # --- email -------------------------------------------------------------------------------------------------
    ("email", "Outlook", KNOWN, "E-mail Address"),
    ("email", "Google Contacts", KNOWN, "E-mail 1 - Value"),
    ("email", "Pipedrive", KNOWN, "Person - Email - Work | Person - Email"),
    ("email", "Pipedrive", SECOND, "Person - Email - Home | Person - Email - Other"),
    ("email", "Zoho", WEAK, "Secondary Email"),
    ("email", "Apollo", WEAK, "Tertiary Email"),
    ("email", ENGLISH, KNOWN, "Email Address | Mail | Email ID | Contact Email | Primary Email | Email Addresses | Emails"),
    ("email", ENGLISH, GOOD, "Work Email | Business Email | Professional Email | Corporate Email | Mail Address | Direct Email"),
    ("email", ENGLISH, SECOND, "Personal Email | Private Email | Company Email"),
    ("email", ENGLISH, WEAK, "Other Email | Alternate Email | Alternative Email | Additional Email Addresses | Email Other"),
    ("email", "German", KNOWN, "E-Mail-Adresse | Mailadresse | Emailadresse | E-Mail geschäftlich | Geschäftliche E-Mail"),
    ("email", "German", SECOND, "E-Mail privat | Private E-Mail"),
    ("email", "French", KNOWN, "Adresse e-mail | Adresse mail | Courriel | Adresse de messagerie | Adresse électronique | Mél"
     " | E-mail professionnel | Adresse courriel"),
    ("email", "Spanish", KNOWN, "Correo electrónico | Correo | Dirección de correo electrónico | Dirección de correo | Correo-e"),
    ("email", "Portuguese", KNOWN, "Correio eletrônico | Correio eletrónico | Endereço de e-mail | Endereço de email"),
    ("email", "Dutch", KNOWN, "E-mailadres | Mailadres | E-mail zakelijk"),
    ("email", "Italian", KNOWN, "Indirizzo e-mail | Posta elettronica | Indirizzo di posta elettronica"),
    # --- first name --------------------------------------------------------------------------------------------
    ("first_name", "Google Contacts", KNOWN, "Given Name"),
    ("first_name", "Pipedrive", KNOWN, "Person - First name"),
    ("first_name", "Mailchimp", KNOWN, "FNAME"),
    ("first_name", ENGLISH, KNOWN, "Forename | Firstname | Contact First Name | F Name | Christian Name"),
    ("first_name", ENGLISH, GOOD, "First | Given | Preferred Name"),
    ("first_name", "German", KNOWN, "Vorname | Vornamen | Rufname"),
    ("first_name", "French", KNOWN, "Prénom | Prénoms"),
    ("first_name", "Spanish", KNOWN, "Primer nombre | Nombre de pila | Nombres"),
    ("first_name", "Portuguese", KNOWN, "Primeiro nome | Nome próprio"),
    ("first_name", "Dutch", KNOWN, "Voornaam | Roepnaam"),
    # --- last name ---------------------------------------------------------------------------------------------
    ("last_name", "Google Contacts", KNOWN, "Family Name"),
    ("last_name", "Pipedrive", KNOWN, "Person - Last name"),
    ("last_name", "Mailchimp", KNOWN, "LNAME"),
    ("last_name", ENGLISH, KNOWN, "Surname | Lastname | Contact Last Name | L Name"),
    ("last_name", ENGLISH, GOOD, "Last | Family"),
    ("last_name", "German", KNOWN, "Nachname | Familienname | Zuname"),
    ("last_name", "French", KNOWN, "Nom de famille"),
    ("last_name", "Spanish", KNOWN, "Apellidos | Apellido | Primer apellido"),
    ("last_name", "Spanish", WEAK, "Segundo apellido"),
    ("last_name", "Portuguese", KNOWN, "Sobrenome | Apelido | Último nome"),
    ("last_name", "Dutch", KNOWN, "Achternaam | Familienaam"),
    ("last_name", "Italian", KNOWN, "Cognome"),
    # --- company -----------------------------------------------------------------------------------------------
    ("company", "Salesforce", KNOWN, "Account Name | Company / Account"),
    ("company", "Google Contacts", KNOWN, "Organization 1 - Name | Organization Name"),
    ("company", "Pipedrive", KNOWN, "Organization - Name | Person - Organization"),
    ("company", "HubSpot", KNOWN, "Company name | Associated Company | Primary Associated Company"),
    ("company", "Apollo", SECOND, "Company Name for Emails"),
    ("company", "Salesforce", KNOWN, "Nom du compte | Nombre de la cuenta | Nome da conta | Accountnaam"),
    ("company", ENGLISH, KNOWN, "Organization | Organisation | Organisation Name | Employer | Current Company"),
    ("company", ENGLISH, GOOD, "Account | Business | Business Name | Firm | Firm Name | Employer Name"),
    ("company", "German", KNOWN, "Firma | Firmenname | Unternehmen | Unternehmensname | Name der Firma | Arbeitgeber"),
    ("company", "French", KNOWN, "Société | Entreprise | Nom de l'entreprise | Nom société | Nom de la société | Raison sociale"),
    ("company", "Spanish", KNOWN, "Empresa | Nombre empresa | Nombre de la empresa | Compañía | Organización | Razón social"),
    ("company", "Portuguese", KNOWN, "Nome da empresa | Companhia | Organização | Razão social"),
    ("company", "Dutch", KNOWN, "Bedrijf | Bedrijfsnaam | Organisatie | Werkgever"),
    ("company", "Italian", KNOWN, "Azienda | Società"),
    # --- job title ---------------------------------------------------------------------------------------------
    ("title", "Google Contacts", KNOWN, "Organization 1 - Title | Organization Title"),
    ("title", "LinkedIn", KNOWN, "Position"),
    ("title", "Zoho", KNOWN, "Designation"),
    ("title", "Pipedrive", KNOWN, "Person - Job title"),
    ("title", ENGLISH, GOOD, "Title | Role | Job | Job Role | Job Position | Occupation | Current Title"),
    ("title", ENGLISH, WEAK, "Headline | Function | Profession"),
    ("title", "German", KNOWN, "Berufsbezeichnung | Stellenbezeichnung | Jobtitel | Funktion | Stelle | Jobbezeichnung"),
    ("title", "German", WEAK, "Titel | Beruf | Rolle"),
    ("title", "French", KNOWN, "Poste | Fonction | Intitulé du poste | Intitulé de poste | Titre du poste"),
    ("title", "French", WEAK, "Titre | Rôle | Profession"),
    ("title", "Spanish", KNOWN, "Cargo | Puesto | Puesto de trabajo | Título del puesto"),
    ("title", "Spanish", WEAK, "Título | Rol | Profesión"),
    ("title", "Portuguese", KNOWN, "Função | Título do cargo"),
    ("title", "Dutch", KNOWN, "Functie | Functietitel | Functienaam"),
    ("title", "Italian", KNOWN, "Qualifica | Ruolo"),
    # --- phone -------------------------------------------------------------------------------------------------
    ("phone", "Outlook", KNOWN, "Business Phone"),
    ("phone", "Outlook", GOOD, "Primary Phone"),
    ("phone", "Outlook", WEAK, "Other Phone | Company Main Phone | Home Phone"),
    ("phone", "Outlook", KNOWN, "Telefoon op werk"),
    ("phone", "Google Contacts", KNOWN, "Phone 1 - Value"),
    ("phone", "Pipedrive", KNOWN, "Person - Phone - Work | Person - Phone"),
    ("phone", "Pipedrive", SECOND, "Person - Phone - Mobile"),
    ("phone", "Pipedrive", WEAK, "Person - Phone - Home | Person - Phone - Other"),
    ("phone", "Apollo", GOOD, "Work Direct Phone"),
    ("phone", "Apollo", WEAK, "Corporate Phone | Company Phone"),
    ("phone", "HubSpot", SECOND, "Mobile Phone Number"),
    ("phone", "Salesforce", SECOND, "MobilePhone"),
    ("phone", ENGLISH, KNOWN, "Phone Number | Telephone | Telephone Number | Tel | Tel No | Phone No | Contact Number"),
    ("phone", ENGLISH, GOOD, "Work Phone | Direct Phone | Direct Dial | Direct Line | Office Phone | Work Phone Number"),
    ("phone", ENGLISH, SECOND, "Mobile | Mobile Number | Cell | Cell Phone | Cellphone | Cell Phone Number | WhatsApp"
     " | WhatsApp Number | Mobile No"),
    ("phone", ENGLISH, WEAK, "Company Phone Number | Office | Switchboard | Home Phone Number | Phones"),
    ("phone", "German", KNOWN, "Telefon | Telefonnummer | Telefon geschäftlich | Tel-Nr | Rufnummer | Telefonnr"),
    ("phone", "German", GOOD, "Durchwahl"),
    ("phone", "German", SECOND, "Mobil | Mobiltelefon | Handy | Handynummer | Mobilnummer | GSM | Mobilfunk"),
    ("phone", "German", WEAK, "Telefon privat | Telefon Firma | Telefon Zentrale"),
    ("phone", "French", KNOWN, "Téléphone | Numéro de téléphone | Tél | Téléphone professionnel | Tél. bureau | N° de téléphone"
     " | Téléphone (bureau)"),
    ("phone", "French", SECOND, "Portable | Téléphone portable | Téléphone mobile | Tél. mobile"),
    ("phone", "Spanish", KNOWN, "Teléfono | Número de teléfono | Teléfono del trabajo | Teléfono de trabajo"),
    ("phone", "Spanish", SECOND, "Móvil | Teléfono móvil | Celular"),
    ("phone", "Portuguese", KNOWN, "Telefone | Número de telefone | Telefone comercial"),
    ("phone", "Portuguese", SECOND, "Telemóvel | Telefone celular"),
    ("phone", "Dutch", KNOWN, "Telefoon | Telefoonnummer | Telefoon zakelijk"),
    ("phone", "Dutch", SECOND, "Mobiel | Mobiel nummer | Mobiele telefoon"),
    ("phone", "Italian", KNOWN, "Telefono | Numero di telefono"),
    ("phone", "Italian", SECOND, "Cellulare"),
    # --- LinkedIn ----------------------------------------------------------------------------------------------
    ("linkedin_url", "Apollo", KNOWN, "Person Linkedin Url"),
    ("linkedin_url", "LinkedIn", WEAK, "URL | Profile URL | Public Profile URL"),
    ("linkedin_url", "HubSpot", KNOWN, "LinkedIn URL"),
    ("linkedin_url", ENGLISH, KNOWN, "LinkedIn | LinkedIn Profile | LinkedIn Profile URL | LinkedIn Link | LinkedIn Profile Link"
     " | LI URL | LinkedIn Public Profile | LinkedIn Member Profile URL"),
    ("linkedin_url", ENGLISH, GOOD, "LinkedIn Page | LinkedIn Address | Sales Navigator URL"),
    ("linkedin_url", "German", KNOWN, "LinkedIn-Profil | LinkedIn Profil-URL | LinkedIn-Adresse"),
    ("linkedin_url", "French", KNOWN, "Profil LinkedIn | URL LinkedIn | Lien LinkedIn"),
    ("linkedin_url", "Spanish", KNOWN, "Perfil de LinkedIn | URL de LinkedIn"),
    ("linkedin_url", "Portuguese", KNOWN, "Perfil do LinkedIn | URL do LinkedIn | Perfil LinkedIn"),
    ("linkedin_url", "Dutch", KNOWN, "LinkedIn-profiel"),
    # --- website -----------------------------------------------------------------------------------------------
    ("website", "HubSpot", KNOWN, "Website URL"),
    ("website", "HubSpot", SECOND, "Company Domain Name"),
    ("website", "Outlook", KNOWN, "Web Page"),
    ("website", "Pipedrive", KNOWN, "Organization - Website | Organisation - Website | Organización - Sitio web | Organização - Website"
     " | Organisatie - Website"),
    ("website", "Outlook", SECOND, "Personal Web Page"),
    ("website", "Google Contacts", KNOWN, "Website 1 - Value"),
    ("website", ENGLISH, KNOWN, "Web Site | Company Website | Homepage | Corporate Website | Company URL | Web Address | Web"),
    ("website", ENGLISH, SECOND, "Domain | Company Domain | Website Address"),
    ("website", ENGLISH, WEAK, "URL | Site | Link"),
    ("website", "German", KNOWN, "Webseite | Internetseite | Internetadresse | Firmenwebsite | Internet | Webadresse"),
    ("website", "French", KNOWN, "Site web | Site internet | Page web | URL du site web"),
    ("website", "Spanish", KNOWN, "Sitio web | Página web | URL del sitio web"),
    ("website", "Portuguese", KNOWN, "Página da web | Site da empresa | URL do site"),
    ("website", "Dutch", KNOWN, "Webpagina | Webadres | Website-URL"),
    ("website", "Italian", KNOWN, "Sito web | Sito internet | Pagina Web"),
    # --- notes -------------------------------------------------------------------------------------------------
    ("notes", ENGLISH, KNOWN, "Note | Comments | Comment | Remarks | Remark"),
    ("notes", ENGLISH, SECOND, "Description | Message"),
    ("notes", "German", SECOND, "Beschreibung"),
    ("notes", "Spanish", SECOND, "Descripción"),
    ("notes", "Portuguese", SECOND, "Descrição"),
    ("notes", "Dutch", SECOND, "Beschrijving | Omschrijving"),
    ("notes", "German", KNOWN, "Notizen | Notiz | Bemerkungen | Bemerkung | Anmerkungen | Anmerkung | Kommentar | Kommentare"),
    ("notes", "French", KNOWN, "Remarques | Remarque | Commentaires | Commentaire"),
    ("notes", "Spanish", KNOWN, "Notas | Nota | Comentarios | Comentario | Observaciones"),
    ("notes", "Portuguese", KNOWN, "Comentários | Comentário | Observações | Anotações"),
    ("notes", "Dutch", KNOWN, "Notities | Notitie | Opmerkingen | Opmerking"),
    ("notes", "Italian", KNOWN, "Annotazioni"),
    # --- source ------------------------------------------------------------------------------------------------
    ("source", "Salesforce", KNOWN, "Lead Source"),
    ("source", "HubSpot", GOOD, "Original Source"),
    ("source", "HubSpot", GOOD, "Ursprüngliche Quelle | Source d'origine | Fuente original | Fonte original | Oorspronkelijke bron"),
    ("source", "Salesforce", KNOWN, "Origine de la piste | Origen del candidato"),
    ("source", "Zoho", KNOWN, "Source du prospect | Fuente de posible cliente"),
    ("source", ENGLISH, KNOWN, "Contact Source | Origin | Lead Origin"),
    ("source", "German", KNOWN, "Quelle | Leadquelle | Lead-Quelle | Herkunft"),
    ("source", "French", KNOWN, "Source du lead | Origine | Provenance"),
    ("source", "Spanish", KNOWN, "Fuente | Origen | Fuente de lead | Origen del lead"),
    ("source", "Portuguese", KNOWN, "Origem | Fonte | Origem do lead"),
    ("source", "Dutch", KNOWN, "Bron | Leadbron | Herkomst"),
    # --- status ------------------------------------------------------------------------------------------------
    ("status", ENGLISH, GOOD, "Lead Status | Contact Status | Subscription Status"),
    ("status", "French", GOOD, "Statut"),
    ("status", "Spanish", GOOD, "Estado | Estatus"),
    # --- tags --------------------------------------------------------------------------------------------------
    ("tags", "Google Contacts", KNOWN, "Group Membership | Labels"),
    ("tags", "Outlook", KNOWN, "Categories"),
    ("tags", "Pipedrive", KNOWN, "Person - Label | Person - Labels"),
    ("tags", ENGLISH, KNOWN, "Tag | Label | Tag List"),
    ("tags", "German", KNOWN, "Schlagwörter | Schlagworte | Stichwörter | Kategorien"),
    ("tags", "French", KNOWN, "Étiquettes | Étiquette | Balise | Balises | Mots-clés | Catégories"),
    ("tags", "Spanish", KNOWN, "Etiquetas | Etiqueta | Categorías | Palabras clave"),
    ("tags", "Portuguese", KNOWN, "Marcadores | Palavras-chave"),
    ("tags", "Dutch", KNOWN, "Trefwoorden | Categorieën"),
)

# fmt: on
_FULL_NAMES = """Name | Full Name | Fullname | Contact Name | Contact | Lead Name | Person - Name | Person | Customer Name | File As
 | Display Name | Your Name | Kontakt | Kontaktname | Ansprechpartner
 | Vollständiger Name | Vorname Nachname | Nom du contact | Nombre del contacto | Vor- und Nachname | Nom | Nom complet
 | Nom et prénom | Prénom et nom | Nombre | Nombre completo | Nombre y apellidos | Nome | Nome completo | Naam | Volledige naam
 | First and Last Name | First Last | Nome e cognome | Contact Full Name"""

# A name that means one half of it beside a column for the other half: (header, beside any of, field).
_PAIRED = (
    ("Name", "Vorname", "last_name"),
    ("Nom", "Prénom | Prénoms", "last_name"),
    ("Naam", "Voornaam", "last_name"),
    ("Nombre", "Apellidos | Apellido | Primer apellido", "first_name"),
    ("Nome", "Sobrenome | Apelido | Cognome | Último nome", "first_name"),
)

# Usual columns that fill no lead field; named so that nothing close to them is taken for one, and so that numbers
# and links in them are not taken for a phone or a website.
_OTHERS = """Country | City | State | Region | Street | Address | Zip | Zip Code | Postal Code | Postcode | Land | Stadt | Ort | PLZ
 | Straße | Adresse | Pays | Ville | Code postal | País | Ciudad | Dirección | Código postal | Cidade | Endereço | CEP | Plaats
 | Industry | Branche | Secteur | Sector | Setor | Company Size | Company Type | Employees | Number of Employees | # Employees
 | Seniority | Departments | Department | Abteilung | Keywords | Technologies | Annual Revenue | Total Funding | Stage
 | Lifecycle Stage | Lists | List | Salutation | Anrede | Prefix | Suffix | Middle Name | Nickname | Gender | Birthday | Birthdate
 | Photo | Avatar | Picture | Image | Logo | Facebook | Twitter | Instagram | YouTube | GitHub | Xing | Skype | Facebook Url
 | Twitter Url | Company Linkedin Url | Connected On | Latitude | Longitude | Timezone | Time Zone | Language | Rating
 | Member Rating | Score | Lead Score | Revenue | Budget | Amount | Price | Record ID | ID | UUID | Date | Time | Year | VAT | VAT ID
 | IBAN | Customer Number | Kundennummer | Account Number | Contact ID | Lead ID | User ID | Order Number | Invoice Number"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: The words that name a field, and the words beside them that make the column one *about* the field: “Email opt-out”.
FIELD_WORDS: dict[str, frozenset[str]] = {
    "email": _words("email emails mail mails emailadresse mailadresse emailadres courriel correo correos courrier messagerie"),
    "phone": _words("phone phones telephone telefon telefono telefone telefoon tel mobile mobil cell movil call fax"),
    "linkedin_url": _words("linkedin"),
    "website": _words("website web webseite site url link domain homepage"),
}
ABOUT_WORDS: dict[str, frozenset[str]] = {
    "email": _words(
        """opt optin optout opted out domain domaine dominio bounce bounces bounced hard soft reason status state statut estado sent send
        sends last first date time timestamp datum count number total verified verification valid validity validated invalid
        type label labels source confidence score quality rating open opens opened click clicks clicked replied reply replies
        hash md5 sha256 consent subscribed unsubscribed unsubscribe subscription subscriptions permission preference preferences
        provider display name id template subject campaign campaigns format signature for deliverability deliverable
        delivered quarantined recent newsletter newsletters is has do not no allow allowed frequency marketing catch category list
        lists language einwilligung abmeldung abgemeldet bestatigt gesendet letzte typ grund unzustellbarkeit anzahl erlaubt
        angezeigter desinscription desabonne desabonnes envoye motif raison retour verifie consentement complet nombre refus
        dernier enviado rechazo baja motivo rebote tipo pantalla verificado consentimiento consentimento numero fecha ultimo
        participacion recusa recusar cancelou assinatura devolucao exibicao data verzonden afmelding afgemeld domein reden
        gebouncede weergavenaam weergegeven geverifieerd toestemming aantal voorkeur laatste"""
    ),
    "phone": _words(
        """fax pager telex tty type label extension ext code country status state do not call calls dnc consent opt optin optout last date
        time count verified valid source confidence callback isdn duration carrier provider"""
    ),
    "linkedin_url": _words(
        """company organization organisation account firma firm unternehmen entreprise societe empresa bedrijf followers follower id
        connections connection headline bio summary industry status date sent message messages"""
    ),
    "website": _words(
        """facebook twitter x instagram youtube github xing tiktok crunchbase angellist image photo avatar picture logo source landing
        referrer referring conversion form page pages visit visits visited count last first date unsubscribe tracking calendar
        meeting meetings video file document recording invoice type label profile"""
    ),
}

#: The column is about somebody else than the lead, or about the record.
OTHER_PERSON_WORDS = _words(
    """owner owners manager managers assistant spouse partner referred referrer sender assigned assignee supervisor reports creator
    created modified updated by emergency besitzer inhaber inhabers assistent assistenz vorgesetzter vorgesetzten zustandig
    betreuer betreuers bearbeiter
    kontaktinhaber proprietaire proprietario propietario responsable responsavel eigenaar reply cc bcc"""
)

# Words before and after a header that do not change what it names.
_LEADING = _words(
    """contact person personne persona pessoa persoon lead leads prospect customer client user recipient member subscriber attendee participant guest primary main your my
    the work business professional best enter kontakt contacto contato contactpersoon"""
)
_TRAILING = _words("work business primary value required optional c geschaftlich buro travail trabajo trabalho werk")

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def header_words(header: str) -> tuple[str, ...]:
    """The words and numbers of a header, lower case and without accents; “e-mail” is one word, “FirstName” two."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", header)).lower()
    plain = "".join([letter for letter in plain if not unicodedata.combining(letter)]).replace("ß", "ss")
    words = _WORD.findall(plain)
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "e" and word.startswith("mail"):
            joined[-1] = "e" + word
        else:
            joined.append(word)
    return tuple(part for word in joined for part in _split_compound(word))


def _split_compound(word: str) -> tuple[str, ...]:
    """German and Dutch write “emaildomein” as one word."""
    rest = word.removeprefix("email")
    return ("email", rest) if rest != word and rest in ABOUT_WORDS["email"] else (word,)


def match_key(header: str) -> str:
    """What headers are compared by: their words without anything between them."""
    return "".join(header_words(header))


def core_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those around them that change nothing: “Your work email (required)” is “email”."""
    first, end = 0, len(words)
    while first < end - 1 and words[first] in _LEADING:
        first += 1
    while end - 1 > first and words[end - 1] in _TRAILING:
        end -= 1
    return words[first:end]


def _keys(bars: str) -> frozenset[str]:
    return frozenset(match_key(header) for header in bars.split("|"))


def _index() -> dict[str, tuple[KnownHeader, ...]]:
    found: dict[str, dict[str, KnownHeader]] = defaultdict(dict)
    for field in FIELDS:
        found[match_key(field.label)][field.key] = KnownHeader(field.key, "", EXACT, field.label)
    for field_key, origin, strength, bars in _CATALOGUE:
        for text in bars.split("|"):
            known = KnownHeader(field_key, origin, strength, text.strip())
            found[match_key(text)].setdefault(field_key, known)
    return {key: tuple(by_field.values()) for key, by_field in found.items()}


#: By match key, one entry per field that the header can name.
KNOWN_HEADERS: dict[str, tuple[KnownHeader, ...]] = _index()
FULL_NAMES = _keys(_FULL_NAMES)
PAIRED_NAMES = {match_key(header): (_keys(beside), field) for header, beside, field in _PAIRED}
OTHER_HEADERS = _keys(_OTHERS)
