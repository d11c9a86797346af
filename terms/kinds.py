"""What a mail is, what a need asks for, and whom a programme serves (FIELD.md, Vocabulary)."""

from enum import StrEnum


class MailKind(StrEnum):
    """The seven kinds of mail that `loopin parse` tells apart."""

    INTRODUCTION = "introduction"
    CANDIDATE_REFERRAL = "candidate_referral"
    STATUS_UPDATE = "status_update"
    REQUEST = "request"
    OTHER = "other"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"


NO_REFERRAL = frozenset({MailKind.OTHER, MailKind.AUTO_REPLY, MailKind.BOUNCE})


class Pathway(StrEnum):
    """The road into work that a need offers."""

    JOB = "job"
    APPRENTICESHIP = "apprenticeship"
    TRAINING = "training"
    INTERNSHIP = "internship"
    ON_THE_JOB_TRAINING = "on_the_job_training"


class Population(StrEnum):
    """Groups that an employer asks for or that a partner serves."""

    VETERANS = "veterans"
    REFUGEES = "refugees"
    PEOPLE_WITH_DISABILITIES = "people_with_disabilities"
    RETURNING_CITIZENS = "returning_citizens"
    YOUTH = "youth"
    ENGLISH_LEARNERS = "english_learners"
    OLDER_WORKERS = "older_workers"
    DISLOCATED_WORKERS = "dislocated_workers"


class InitiativeKind(StrEnum):
    """What brings referrals about besides a person's mail (S2, S15, S16, S25)."""

    INITIATIVE = "initiative"  # a project of several organisations, with roles
    EVENT = "event"  # career fair, roadshow, trade association meeting
    PROGRAMME = "programme"  # a grant or programme whose businesses are referred
    OFFICE = "office"  # a department, agency or ward office that refers


class InitiativeRole(StrEnum):
    """An organisation's part in an initiative (S11)."""

    LEADS = "leads"
    EDUCATION = "education"
    SUPPORT_SERVICES = "support_services"
    RECRUITMENT = "recruitment"
    FUNDING = "funding"


class LessonKind(StrEnum):
    """What a correction can teach, in the order in which it is applied to a mail."""

    NOT_SAID = "not_said"  # a line of a signature or footer gives no value
    MAIL = "mail"  # a sender's mails of one subject form are referrals, or are none
    TITLE = "title"  # a job title as they write it
    EMPLOYER = "employer"  # an employer's name as they write it
    CONTACT = "contact"  # a contact's name or position, by address
    REFERRING = "referring"  # for which organisation a sender introduces
    RECEIVING = "receiving"  # to whom a sender introduces where the mail names nobody
    LOCATION = "location"  # where a sender's needs are where the mail names no place
    WAGE_UNIT = "wage_unit"  # what a bare figure means
    SIGN = "sign"  # an address or a domain is an organisation's: kept in the partner directory


class WageUnit(StrEnum):
    HOUR = "hour"
    WEEK = "week"
    YEAR = "year"


class PartnerKind(StrEnum):
    """What an organisation is. Chambers, agencies, employers and elected offices refer without an account (S5)."""

    WORKFORCE_BOARD = "workforce_board"
    DELEGATE_AGENCY = "delegate_agency"
    COMMUNITY_COLLEGE = "community_college"
    CHAMBER = "chamber"
    CITY_DEPARTMENT = "city_department"
    TRAINING_PROVIDER = "training_provider"
    REFUGEE_AGENCY = "refugee_agency"
    VETERANS_AGENCY = "veterans_agency"
    DISABILITY_EMPLOYMENT_AGENCY = "disability_employment_agency"
    ELECTED_OFFICE = "elected_office"
    AGENCY = "agency"
    EMPLOYER = "employer"
    OTHER = "other"


class ServiceKind(StrEnum):
    """What a partner's service does; others may be written in words of their own."""

    HIRE_SUPPORT = "hire_support"
    TRAINING = "training"
    APPRENTICESHIP = "apprenticeship"
    SUPPORTIVE_SERVICES = "supportive_services"
    EVENTS = "events"
    FUNDING = "funding"
