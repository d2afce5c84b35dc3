"""The header rows of real exports, product by product and language by language, with the field that each column fills.

Columns stand between bars, in the order of the export; “> field” says where a column goes, all others are left out.
"""

EXPORTS: dict[str, str] = {
    "HubSpot": """Record ID | First Name > first_name | Last Name > last_name | Email > email | Phone Number > phone | Mobile Phone Number
     | Contact owner | Lead Status > status | Marketing contact status | Create Date | Company name > company | Associated Company IDs
     | Job Title > title | Website URL > website | LinkedIn URL > linkedin_url | Original Source > source | Lifecycle Stage | Country/Region
     | Email Domain | Work email | Last marketing email open date | Email hard bounce reason | Unsubscribed from all email
     | Opted out of email: One to One | Marketing emails bounced | Email address quarantined reason | Company owner | Time Zone""",
    "HubSpot, German": """Datensatz-ID | Vorname > first_name | Nachname > last_name | E-Mail > email | Telefonnummer > phone | Mobiltelefonnummer
     | Zuständiger Mitarbeiter | Lead-Status > status | Erstellungsdatum | Unternehmensname > company | Jobbezeichnung > title | Website-URL > website
     | LinkedIn-URL > linkedin_url | Ursprüngliche Quelle > source | Lifecycle-Phase | Land/Region | Stadt | E-Mail-Domain
     | Von allen E-Mails abgemeldet | Grund für Hard Bounce der E-Mail | Datum der letzten Öffnung einer Marketing-E-Mail
     | Marketing-E-Mails zugestellt | Zuletzt geändert""",
    "HubSpot, French": """ID de fiche d'informations | Prénom > first_name | Nom > last_name | E-mail > email | Numéro de téléphone > phone
     | Numéro de téléphone mobile | Propriétaire du contact | Statut du lead | Date de création | Nom de l'entreprise > company
     | Intitulé de poste > title | URL du site web > website | URL LinkedIn > linkedin_url | Source d'origine > source | Phase du cycle de vie
     | Pays/Région | Ville | Domaine de l'adresse e-mail | Désabonné de tous les e-mails | Raison du hard bounce de l'e-mail
     | Date de la dernière ouverture d'e-mail marketing""",
    "HubSpot, Spanish": """ID de registro | Nombre > first_name | Apellidos > last_name | Correo > email | Número de teléfono > phone
     | Número de teléfono móvil | Propietario del contacto | Estado del lead | Fecha de creación | Nombre de la empresa > company
     | Cargo > title | URL del sitio web > website | URL de LinkedIn > linkedin_url | Fuente original > source | Etapa del ciclo de vida
     | País/región | Ciudad | Dominio de correo electrónico | Dado de baja de todos los correos | Motivo del rebote duro del correo
     | Fecha de la última apertura de correo de marketing""",
    "HubSpot, Portuguese": """ID do registro | Nome > first_name | Sobrenome > last_name | E-mail > email | Número de telefone > phone
     | Número de celular | Proprietário do contato | Status do lead | Data de criação | Nome da empresa > company | Cargo > title
     | URL do site > website | URL do LinkedIn > linkedin_url | Fonte original > source | Fase do ciclo de vida | País/Região | Cidade
     | Domínio do e-mail | Cancelou a assinatura de todos os e-mails | Motivo do hard bounce do e-mail
     | Data da última abertura de e-mail de marketing""",
    "HubSpot, Dutch": """Record-ID | Voornaam > first_name | Achternaam > last_name | E-mail > email | Telefoonnummer > phone | Mobiel telefoonnummer
     | Contacteigenaar | Leadstatus > status | Aanmaakdatum | Bedrijfsnaam > company | Functietitel > title | Website-URL > website
     | LinkedIn-URL > linkedin_url | Oorspronkelijke bron > source | Levenscyclusfase | Land/regio | Plaats | E-maildomein
     | Afgemeld voor alle e-mails | Reden hard bounce e-mail | Datum laatste opening marketing-e-mail""",
    "Salesforce, data export": """Id | IsDeleted | MasterRecordId | AccountId | LastName > last_name | FirstName > first_name | Salutation | MailingStreet
     | MailingCity | MailingState | MailingPostalCode | MailingCountry | Phone > phone | Fax | MobilePhone | HomePhone | OtherPhone
     | AssistantPhone | ReportsToId | Email > email | Title > title | Department | AssistantName | LeadSource > source | Birthdate
     | Description > notes | OwnerId | HasOptedOutOfEmail | HasOptedOutOfFax | DoNotCall | CreatedDate | CreatedById | LastModifiedDate
     | LastModifiedById | SystemModstamp | LastActivityDate | LastCURequestDate | EmailBouncedReason | EmailBouncedDate | IsEmailBounced
     | PhotoUrl | Jigsaw""",
    "Salesforce, report": """Salutation | First Name > first_name | Last Name > last_name | Title > title | Account Name > company | Mailing Street
     | Mailing City | Phone > phone | Mobile | Fax | Email > email | Account Owner | Lead Owner | Lead Source > source | Email Opt Out
     | Fax Opt Out | Do Not Call | Email Bounced Reason | Email Bounced Date | Reports To | Created By | Last Activity | Website > website""",
    "Salesforce, German": """Anrede | Vorname > first_name | Nachname > last_name | Titel > title | Accountname > company | Postanschrift Straße | Telefon > phone
     | Mobil | Fax | E-Mail > email | Account-Inhaber | Lead-Inhaber | Leadquelle > source | Abmeldung von E-Mails | Kein Anruf
     | Grund für E-Mail-Unzustellbarkeit | Website > website | Branche | Letzte Aktivität""",
    "Salesforce, French": """Civilité | Prénom > first_name | Nom > last_name | Titre > title | Nom du compte > company | Téléphone > phone | Mobile | Télécopie
     | E-mail > email | Propriétaire du compte | Propriétaire de la piste | Origine de la piste > source | Désinscription e-mail
     | Ne pas appeler | Motif de retour de l'e-mail | Site Web > website | Secteur d'activité""",
    "Salesforce, Spanish": """Tratamiento | Nombre > first_name | Apellidos > last_name | Título > title | Nombre de la cuenta > company | Teléfono > phone | Móvil
     | Fax | Correo electrónico > email | Propietario de la cuenta | Propietario del candidato | Origen del candidato > source
     | No participación en correo electrónico | No llamar | Motivo de rebote del correo electrónico | Sitio Web > website | Sector""",
    "Salesforce, Portuguese": """Tratamento | Nome > first_name | Sobrenome > last_name | Título > title | Nome da conta > company | Telefone > phone | Celular
     | Fax | Email > email | Proprietário da conta | Proprietário do lead | Origem do lead > source | Recusar e-mail | Não telefonar
     | Motivo da devolução do e-mail | Site > website | Setor""",
    "Salesforce, Dutch": """Aanhef | Voornaam > first_name | Achternaam > last_name | Titel > title | Accountnaam > company | Telefoon > phone | Mobiel | Fax
     | E-mail > email | Accounteigenaar | Leadeigenaar | Leadbron > source | Afmelding voor e-mail | Niet bellen
     | Reden van gebouncede e-mail | Website > website | Branche""",
    "Apollo": """First Name > first_name | Last Name > last_name | Title > title | Company Name > company | Company Name for Emails | Email > email
     | Email Status | Primary Email Source | Primary Email Verification Source | Email Confidence | Primary Email Catch-all Status
     | Primary Email Last Verified At | Seniority | Departments | Sub Departments | Contact Owner | Work Direct Phone > phone | Home Phone
     | Mobile Phone | Corporate Phone | Other Phone | Do Not Call | Stage | Lists | Last Contacted | Account Owner | # Employees | Industry
     | Keywords | Person Linkedin Url > linkedin_url | Website > website | Company Linkedin Url | Facebook Url | Twitter Url | Address | City
     | State | Country | Company Address | Company City | Company State | Company Country | Company Phone | Technologies | Annual Revenue
     | Total Funding | Latest Funding | Latest Funding Amount | Last Raised At | Subsidiary of | Email Sent | Email Open | Email Bounced
     | Replied | Demoed | Number of Retail Locations | SIC Codes | Apollo Contact Id | Apollo Account Id | Secondary Email
     | Secondary Email Source | Secondary Email Status | Secondary Email Verification Source | Tertiary Email | Tertiary Email Source
     | Tertiary Email Status | Primary Intent Topic | Primary Intent Score | Qualify Contact""",
    "LinkedIn": """First Name > first_name | Last Name > last_name | URL > linkedin_url | Email Address > email | Company > company | Position > title
     | Connected On""",
    "LinkedIn, German": """Vorname > first_name | Nachname > last_name | URL > linkedin_url | E-Mail-Adresse > email | Unternehmen > company | Position > title
     | Vernetzt am""",
    "LinkedIn, French": """Prénom > first_name | Nom > last_name | URL > linkedin_url | Adresse e-mail > email | Entreprise > company | Poste > title
     | Date de connexion""",
    "LinkedIn, Spanish": """Nombre > first_name | Apellidos > last_name | URL > linkedin_url | Dirección de correo electrónico > email | Empresa > company
     | Cargo > title | Fecha de conexión""",
    "LinkedIn, Portuguese": """Nome > first_name | Sobrenome > last_name | URL > linkedin_url | Endereço de e-mail > email | Empresa > company | Cargo > title
     | Data da conexão""",
    "LinkedIn, Dutch": """Voornaam > first_name | Achternaam > last_name | URL > linkedin_url | E-mailadres > email | Bedrijf > company | Functie > title
     | Verbonden op""",
    "Mailchimp": """Email Address > email | First Name > first_name | Last Name > last_name | Address | Phone Number > phone | Birthday | MEMBER_RATING
     | OPTIN_TIME | OPTIN_IP | CONFIRM_TIME | CONFIRM_IP | LATITUDE | LONGITUDE | GMTOFF | DSTOFF | TIMEZONE | CC | REGION | UNSUB_TIME
     | UNSUB_CAMPAIGN_TITLE | UNSUB_REASON | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Mailchimp, merge tags": "EMAIL > email | FNAME > first_name | LNAME > last_name | ADDRESS | PHONE > phone | BIRTHDAY | TAGS > tags",
    "Mailchimp, German": """E-Mail-Adresse > email | Vorname > first_name | Nachname > last_name | Adresse | Telefonnummer > phone | Geburtstag | MEMBER_RATING
     | OPTIN_TIME | OPTIN_IP | CONFIRM_TIME | CONFIRM_IP | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Mailchimp, French": """Adresse e-mail > email | Prénom > first_name | Nom > last_name | Adresse | Numéro de téléphone > phone | Anniversaire | MEMBER_RATING
     | OPTIN_TIME | OPTIN_IP | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Mailchimp, Spanish": """Dirección de correo electrónico > email | Nombre > first_name | Apellidos > last_name | Dirección | Número de teléfono > phone
     | Cumpleaños | MEMBER_RATING | OPTIN_TIME | OPTIN_IP | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Mailchimp, Portuguese": """Endereço de e-mail > email | Nome > first_name | Sobrenome > last_name | Endereço | Número de telefone > phone | Aniversário
     | MEMBER_RATING | OPTIN_TIME | OPTIN_IP | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Mailchimp, Dutch": """E-mailadres > email | Voornaam > first_name | Achternaam > last_name | Adres | Telefoonnummer > phone | Verjaardag | MEMBER_RATING
     | OPTIN_TIME | OPTIN_IP | LAST_CHANGED | LEID | EUID | NOTES > notes | TAGS > tags""",
    "Outlook": """Title | First Name > first_name | Middle Name | Last Name > last_name | Suffix | Company > company | Department | Job Title > title
     | Business Street | Business City | Business State | Business Postal Code | Business Country/Region | Home Street | Other Street
     | Assistant's Phone | Business Fax | Business Phone > phone | Business Phone 2 | Callback | Car Phone | Company Main Phone | Home Fax
     | Home Phone | Home Phone 2 | ISDN | Mobile Phone | Other Fax | Other Phone | Pager | Primary Phone | Radio Phone | TTY/TDD Phone | Telex
     | Account | Anniversary | Assistant's Name | Billing Information | Birthday | Business Address PO Box | Categories > tags | Children
     | Directory Server | E-mail Address > email | E-mail Type | E-mail Display Name | E-mail 2 Address | E-mail 2 Type
     | E-mail 2 Display Name | E-mail 3 Address | E-mail 3 Type | E-mail 3 Display Name | Gender | Government ID Number | Hobby | Initials
     | Internet Free Busy | Keywords | Language | Location | Manager's Name | Mileage | Notes > notes | Office Location
     | Organizational ID Number | PO Box | Priority | Private | Profession | Referred By | Sensitivity | Spouse | User 1 | User 2
     | Web Page > website""",
    "Outlook, German": """Anrede | Vorname > first_name | Weitere Vornamen | Nachname > last_name | Suffix | Firma > company | Abteilung | Position > title
     | Straße geschäftlich | Ort geschäftlich | Region geschäftlich | Postleitzahl geschäftlich | Land/Region geschäftlich | Straße privat
     | Ort privat | Weitere Straße | Telefon Assistent | Fax geschäftlich | Telefon geschäftlich > phone | Telefon geschäftlich 2
     | Rückmeldung | Autotelefon | Telefon Firma | Fax privat | Telefon (privat) | Telefon (privat 2) | ISDN | Mobiltelefon | Weiteres Fax
     | Weiteres Telefon | Pager | Haupttelefon | Mobiltelefon 2 | Telefon für Hörbehinderte | Telex | Abrechnungsinformation
     | Assistent(in) | Benutzer 1 | Benutzer 2 | Beruf | Büro | E-Mail-Adresse > email | E-Mail-Typ | E-Mail: Angezeigter Name
     | E-Mail 2: Adresse | E-Mail 2: Typ | E-Mail 2: Angezeigter Name | E-Mail 3: Adresse | E-Mail 3: Typ | E-Mail 3: Angezeigter Name
     | Empfohlen von | Geburtstag | Geschlecht | Hobby | Initialen | Internet Frei/Gebucht | Jahrestag | Kategorien > tags | Kinder
     | Konto | Name des/r Vorgesetzten | Notizen > notes | Organisationsnr. | Ort | Partner | Postfach geschäftlich | Priorität | Privat
     | Reisekilometer | Sozialversicherungsnr. | Sprache | Stichwörter > tags | Vertraulichkeit | Verzeichnisserver | Webseite > website""",
    "Outlook, French": """Titre > title | Prénom > first_name | Deuxième prénom | Nom > last_name | Suffixe | Société > company | Service
     | Rue (bureau) | Ville (bureau) | Code postal (bureau) | Pays/Région (bureau) | Téléphone de l'assistant(e) | Télécopie (bureau)
     | Téléphone (bureau) > phone | Téléphone 2 (bureau) | Rappel | Téléphone (voiture) | Téléphone société | Télécopie (domicile)
     | Téléphone (domicile) | RNIS | Tél. mobile | Télécopie (autre) | Téléphone (autre) | Récepteur de radiomessagerie
     | Téléphone principal | Radio téléphone | Téléphone TDD/TTY | Télex | Adresse de messagerie > email | Type de messagerie
     | Nom complet de l'adresse de messagerie | Adresse de messagerie 2 | Type de messagerie 2
     | Nom complet de l'adresse de messagerie 2 | Anniversaire | Bureau | Catégories > tags | Code gouvernement | Compte | Conjoint(e)
     | Emplacement | Enfants | Initiales | Langue | Mots clés > tags | Nom de l'assistant(e) | Notes > notes | Page Web > website | Priorité
     | Privé | Profession | Recommandé par | Responsable | Serveur d'annuaire | Sexe | Utilisateur 1""",
    "Outlook, Spanish": """Tratamiento | Nombre > first_name | Segundo nombre | Apellidos > last_name | Sufijo | Organización > company | Departamento
     | Puesto > title | Calle del trabajo | Ciudad de trabajo | Teléfono del ayudante | Fax del trabajo | Teléfono del trabajo > phone
     | Teléfono del trabajo 2 | Teléfono principal de la compañía | Teléfono particular | Móvil | Otro teléfono | Buscapersonas
     | Dirección de correo electrónico > email | Tipo de correo electrónico | Nombre de pantalla de correo electrónico
     | Dirección de correo electrónico 2 | Tipo de correo electrónico 2 | Cumpleaños | Categorías > tags | Cuenta | Hijos | Iniciales
     | Notas > notes | Nombre del director | Página Web > website | Palabras clave > tags | Profesión | Recomendado por | Sexo""",
    "Outlook, Portuguese": """Título | Nome > first_name | Segundo nome | Sobrenome > last_name | Sufixo | Empresa > company | Departamento | Cargo > title
     | Rua do endereço comercial | Cidade do endereço comercial | Telefone do assistente | Fax comercial | Telefone comercial > phone
     | Telefone comercial 2 | Telefone principal da empresa | Telefone residencial | Telefone celular | Outro telefone | Telefone principal
     | Endereço de email > email | Tipo de email | Nome para exibição do email | Endereço de email 2 | Tipo de email 2 | Aniversário
     | Categorias > tags | Conta | Filhos | Iniciais | Anotações > notes | Nome do gerente | Página da Web > website
     | Palavras-chave > tags | Profissão | Indicado por | Sexo""",
    "Outlook, Dutch": """Titel | Voornaam > first_name | Middelste naam | Achternaam > last_name | Achtervoegsel | Bedrijf > company | Afdeling | Functie > title
     | Werkadres, straat | Werkadres, plaats | Werkadres, postcode | Land/regio (werk) | Huisadres, straat | Telefoon assistent
     | Fax op werk | Telefoon op werk > phone | Telefoon op werk 2 | Terugbellen | Autotelefoon | Hoofdtelefoon bedrijf | Fax thuis
     | Telefoon thuis | Telefoon thuis 2 | ISDN | Mobiele telefoon | Andere fax | Andere telefoon | Pager | Hoofdtelefoon | Radiotelefoon
     | Teksttelefoon | Telex | Account | Adreslijstserver | Beroep | Categorieën > tags | E-mailadres > email | E-mailtype
     | Weergavenaam voor e-mail | E-mailadres 2 | E-mailtype 2 | E-mail, weergegeven naam 2 | Factuurinformatie | Gebruiker 1 | Geslacht
     | Initialen | Kantoorlocatie | Kinderen | Locatie | Naam assistent | Naam manager | Notities > notes | Organisatie-id | Partner
     | Prioriteit | Referentie van | Taal | Trefwoorden > tags | Verjaardag | Webpagina > website""",
    "Google Contacts": """First Name > first_name | Middle Name | Last Name > last_name | Phonetic First Name | Name Prefix | Name Suffix | Nickname
     | File As | Organization Name > company | Organization Title > title | Organization Department | Birthday | Notes > notes | Photo
     | Labels > tags | E-mail 1 - Label | E-mail 1 - Value > email | E-mail 2 - Label | E-mail 2 - Value | Phone 1 - Label
     | Phone 1 - Value > phone | Phone 2 - Label | Phone 2 - Value | Address 1 - Label | Address 1 - Country | Address 1 - Street
     | Address 1 - City | Website 1 - Label | Website 1 - Value > website | Event 1 - Label | Event 1 - Value""",
    "Google Contacts before 2024": """Name | Given Name > first_name | Additional Name | Family Name > last_name | Yomi Name | Given Name Yomi | Name Prefix
     | Initials | Nickname | Short Name | Birthday | Gender | Location | Billing Information | Occupation | Hobby | Sensitivity | Priority
     | Subject | Notes > notes | Language | Photo | Group Membership > tags | E-mail 1 - Type | E-mail 1 - Value > email | E-mail 2 - Type
     | E-mail 2 - Value | Phone 1 - Type | Phone 1 - Value > phone | Organization 1 - Type | Organization 1 - Name > company
     | Organization 1 - Title > title | Organization 1 - Department | Website 1 - Type | Website 1 - Value > website""",
    "Pipedrive": """Person - ID | Person - Name | Person - First name > first_name | Person - Last name > last_name | Person - Label > tags
     | Person - Organization > company | Person - Phone - Work > phone | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other
     | Person - Email - Work > email | Person - Email - Home | Person - Email - Other | Person - Open deals | Person - Closed deals
     | Person - Next activity date | Person - Owner | Person - Email messages count | Person - Person created | Person - Marketing status
     | Organization - Owner""",
    "Pipedrive, German": """Person - ID | Person - Name | Person - Vorname > first_name | Person - Nachname > last_name | Person - Label > tags
     | Person - Organisation > company | Person - Position > title | Person - Telefon - Büro > phone | Person - Telefon - Privat
     | Person - Telefon - Mobil | Person - Telefon - Sonstiger | Person - E-Mail-Adresse - Büro > email | Person - E-Mail-Adresse - Privat
     | Person - E-Mail-Adresse - Sonstiger | Person - LinkedIn Profil-URL > linkedin_url | Person - Besitzer | Person - Offene Deals
     | Person - Anzahl E-Mail-Nachrichten | Organisation - Website > website | Organisation - Adresse""",
    "Pipedrive, French": """Personne - ID | Personne - Nom | Personne - Prénom > first_name | Personne - Nom de famille > last_name | Personne - Étiquette > tags
     | Personne - Organisation > company | Personne - Téléphone - Travail > phone | Personne - Téléphone - Domicile
     | Personne - Téléphone - Mobile | Personne - E-mail - Travail > email | Personne - E-mail - Domicile | Personne - E-mail - Autre
     | Personne - Propriétaire | Personne - Affaires en cours | Personne - Nombre d'e-mails""",
    "Pipedrive, Spanish": """Persona - ID | Persona - Nombre > first_name | Persona - Apellidos > last_name | Persona - Etiqueta > tags | Persona - Organización > company
     | Persona - Teléfono - Trabajo > phone | Persona - Teléfono - Casa | Persona - Teléfono - Móvil | Persona - Teléfono - Otro
     | Persona - Correo electrónico - Trabajo > email | Persona - Correo electrónico - Casa | Persona - Correo electrónico - Otro
     | Persona - Propietario | Persona - Código postal | Persona - Tratos abiertos""",
    "Pipedrive, Portuguese": """Pessoa - ID | Pessoa - Nome > split:full_name | Pessoa - Etiquetas > tags | Pessoa - Organização > company
     | Pessoa - E-mail - Trabalho > email | Pessoa - E-mail - Residencial | Pessoa - E-mail - Outros | Pessoa - Telefone - Trabalho > phone
     | Pessoa - Telefone - Residencial | Pessoa - Telefone - Celular | Pessoa - Telefone - Outros | Pessoa - Cargo > title
     | Pessoa - Negócios fechados | Pessoa - Negócios em aberto | Pessoa - Próxima atividade em | Pessoa - Proprietário
     | Pessoa - Origem > source | Pessoa - Data da última atividade | Pessoa - Total de atividades | Pessoa - Linkedin > linkedin_url""",
    "Pipedrive, Dutch": """Persoon - ID | Persoon - Naam > split:full_name | Persoon - Label > tags | Persoon - Organisatie > company | Persoon - Telefoon - Werk > phone
     | Persoon - Telefoon - Thuis | Persoon - Telefoon - Mobiel | Persoon - E-mail - Werk > email | Persoon - E-mail - Thuis
     | Persoon - E-mail - Overig | Persoon - Eigenaar | Persoon - Open deals""",
    "Zoho": """Record Id | Lead Owner.id | Lead Owner | First Name > first_name | Last Name > last_name | Company > company | Designation > title | Email > email
     | Secondary Email | Phone > phone | Mobile | Fax | Website > website | Lead Source > source | Lead Status > status | Industry | No. of Employees
     | Annual Revenue | Rating | Created By | Modified By | Created Time | Modified Time | Street | City | State | Zip Code | Country
     | Description > notes | Skype ID | Email Opt Out | Salutation | Last Activity Time | Tag > tags | Unsubscribed Mode | Unsubscribed Time""",
    "Zoho, German": """Datensatz-ID | Lead-Besitzer | Vorname > first_name | Nachname > last_name | Firma > company | Funktion > title | E-Mail > email
     | Sekundäre E-Mail | Telefon > phone | Mobil | Fax | Website > website | Lead-Quelle > source | Lead-Status > status | Branche
     | Anzahl der Mitarbeiter | Jahresumsatz | Bewertung | Erstellt von | Geändert von | Straße | Stadt | PLZ | Land | Beschreibung > notes
     | E-Mail-Abmeldung | Anrede | Tag > tags""",
    "Zoho, French": """ID de l'enregistrement | Propriétaire du prospect | Prénom > first_name | Nom > last_name | Société > company | Fonction > title
     | E-mail > email | E-mail secondaire | Téléphone > phone | Mobile | Fax | Site Web > website | Source du prospect > source
     | Statut du prospect | Secteur | Nombre d'employés | Créé par | Modifié par | Rue | Ville | Pays | Description > notes
     | Désinscription des e-mails | Civilité | Balise > tags""",
    "Zoho, Spanish": """ID de registro | Propietario del posible cliente | Nombre > first_name | Apellidos > last_name | Empresa > company | Puesto > title
     | Correo electrónico > email | Correo electrónico secundario | Teléfono > phone | Móvil | Fax | Sitio web > website
     | Fuente de posible cliente > source | Estado de posible cliente | Sector | Creado por | Modificado por | Calle | Ciudad | País
     | Descripción > notes | Rechazo de correo electrónico | Etiqueta > tags""",
    "Zoho, Portuguese": """ID do registro | Proprietário do lead | Nome > first_name | Sobrenome > last_name | Empresa > company | Cargo > title | E-mail > email
     | E-mail secundário | Telefone > phone | Celular | Fax | Site > website | Origem do lead > source | Status do lead | Setor
     | Criado por | Modificado por | Rua | Cidade | País | Descrição > notes | Recusa de e-mail | Etiqueta > tags""",
    "Zoho, Dutch": """Record-ID | Leadeigenaar | Voornaam > first_name | Achternaam > last_name | Bedrijf > company | Functie > title | E-mail > email
     | Secundaire e-mail | Telefoon > phone | Mobiel | Fax | Website > website | Leadbron > source | Leadstatus > status | Branche
     | Gemaakt door | Gewijzigd door | Straat | Plaats | Land | Beschrijving > notes | Afmelding e-mail | Label > tags""",
}  # fmt: skip

#: Columns about the email of a lead, or about somebody else's: never the lead's address, whatever stands in them.
NOT_AN_EMAIL: dict[str, str] = {
    "English": """Email opt-out | Email Opt Out | EmailOptOut | Company email domain | Email bounced reason | Email status | Last email sent
     | Company Name for Emails | Owner email | Contact owner | Assigned to | Email hash | Email verified | Reply to | Email domain
     | Email consent | Email type | Email format | Unsubscribed from all email | Manager email | Assistant email | Email opens
     | Invoice email sent | Email frequency | Billing email domain""",
    "German": """E-Mail-Status | E-Mail-Abmeldung | Abmeldung von E-Mails | E-Mail-Domain | Domain der E-Mail | E-Mail-Typ
     | E-Mail: Angezeigter Name | E-Mail bestätigt | E-Mail gesendet am | Letzte E-Mail | Grund für Hard Bounce der E-Mail
     | Grund für E-Mail-Unzustellbarkeit | Von allen E-Mails abgemeldet | E-Mail-Einwilligung | E-Mail des Betreuers | E-Mail Vorgesetzter
     | E-Mail des Inhabers | E-Mail-Format | Anzahl E-Mails | E-Mail erlaubt""",
    "French": """Domaine de l'adresse e-mail | Statut de l'e-mail | Désinscription e-mail | Désabonné des e-mails | Motif de retour de l'e-mail
     | Raison du hard bounce de l'e-mail | Type de messagerie | Nom complet de l'adresse de messagerie | Dernier e-mail envoyé
     | E-mail vérifié | E-mail du responsable | E-mail du propriétaire | Consentement e-mail | Nombre d'e-mails | Format de l'e-mail
     | E-mail envoyé le | Refus d'e-mail""",
    "Spanish": """Dominio de correo electrónico | Estado del correo | Rechazo de correo electrónico | No participación en correo electrónico
     | Dado de baja de todos los correos | Motivo del rebote del correo | Motivo de rebote del correo electrónico
     | Tipo de correo electrónico | Nombre de pantalla de correo electrónico | Último correo enviado | Correo verificado
     | Correo del propietario | Correo del responsable | Consentimiento de correo | Número de correos | Fecha del último correo""",
    "Portuguese": """Domínio do e-mail | Status do e-mail | Recusa de e-mail | Recusar e-mail | Motivo da devolução do e-mail
     | Motivo do hard bounce do e-mail | Tipo de email | Nome para exibição do email | Último e-mail enviado | E-mail verificado
     | E-mail do proprietário | E-mail do responsável | Consentimento de e-mail | Cancelou a assinatura de e-mails | Data do último e-mail
     | Número de e-mails""",
    "Dutch": """E-maildomein | Domein van e-mail | E-mailstatus | Afmelding voor e-mail | Afgemeld voor alle e-mails | Reden van gebouncede e-mail
     | Reden hard bounce e-mail | E-mailtype | Type e-mail | Weergavenaam voor e-mail | Laatste e-mail verzonden | E-mail geverifieerd
     | E-mail van eigenaar | E-mail manager | Toestemming e-mail | Aantal e-mails | E-mailvoorkeur""",
}  # fmt: skip


def columns_of(row: str) -> dict[str, str | None]:
    """The columns of an entry with the field of each, None for those that are left out."""
    pairs = (column.partition(">") for column in row.split("|"))
    return {name.strip(): field.strip() or None for name, _, field in pairs}
