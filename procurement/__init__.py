"""Joint procurement of IT for a municipal association: from one reported need to one exact cost share.

The application factory is the only module that knows every feature.
"""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import StrictUndefined

from procurement import cli
from procurement.allocation import routes as allocation_routes
from procurement.allocation import routes_changes as allocation_changes
from procurement.allocation import routes_objections as allocation_objections
from procurement.audit import routes as audit_routes
from procurement.awarding import routes as awarding_routes
from procurement.awarding import routes_cancellation as awarding_cancellation
from procurement.awarding import routes_remedies as awarding_remedies
from procurement.bids import jobs as bids_jobs
from procurement.bids import routes as bids_routes
from procurement.bids import routes_bid as bids_single
from procurement.bids import routes_comparison as bids_comparison
from procurement.bids import routes_figures as bids_figures
from procurement.bids import routes_firms as bids_firms
from procurement.bids import routes_negotiation as bids_negotiation
from procurement.bids import routes_opening as bids_opening
from procurement.bids import routes_tabulation as bids_tabulation
from procurement.catalogue import routes as catalogue_routes
from procurement.catalogue import routes_cpv as catalogue_cpv
from procurement.config import ROOT, Settings
from procurement.contracts import routes as contracts_routes
from procurement.core import access, clock, failures, filters, headers, idempotency, mail, navigation
from procurement.core.db import db
from procurement.core.requests import Application
from procurement.demand import jobs as demand_jobs
from procurement.demand import jobs_sheets as demand_sheet_jobs
from procurement.demand import routes as demand_routes
from procurement.demand import routes_approval as demand_approval
from procurement.demand import routes_attachments as demand_attachments
from procurement.demand import routes_autosave as demand_autosave
from procurement.demand import routes_catalogue as demand_catalogue
from procurement.demand import routes_cockpit as demand_cockpit
from procurement.demand import routes_departments as demand_departments
from procurement.demand import routes_entry as demand_entry
from procurement.demand import routes_history as demand_history
from procurement.demand import routes_sheets as demand_sheets
from procurement.demand import routes_wishes as demand_wishes
from procurement.documents import jobs_comparison as documents_comparison_jobs
from procurement.documents import jobs_file as documents_file_jobs
from procurement.documents import routes as documents_routes
from procurement.documents import routes_file as documents_file
from procurement.documents import routes_letters as documents_letters
from procurement.documents import routes_record as documents_record
from procurement.evaluation import jobs_lot_award as evaluation_lot_jobs
from procurement.evaluation import routes as evaluation_routes
from procurement.evaluation import routes_award as evaluation_award
from procurement.evaluation import routes_consensus as evaluation_consensus
from procurement.evaluation import routes_exclusion as evaluation_exclusion
from procurement.evaluation import routes_laboratory as evaluation_laboratory
from procurement.evaluation import routes_lot_award as evaluation_lots
from procurement.evaluation import routes_panel as evaluation_panel
from procurement.evaluation import routes_robustness as evaluation_robustness
from procurement.evaluation import routes_takeover as evaluation_takeover
from procurement.examination import routes as examination_routes
from procurement.examination import routes_bid as examination_bid
from procurement.home import routes as home_routes
from procurement.home import routes_calendar as home_calendar
from procurement.home import routes_jobs as home_jobs
from procurement.home import routes_member_exit as home_member_exit
from procurement.members import queries as members_queries
from procurement.members import routes as members_routes
from procurement.members import routes_accounts as members_accounts
from procurement.members import routes_import as members_import
from procurement.members import routes_own as members_own
from procurement.members import routes_succession as members_succession
from procurement.tenders import jobs as tenders_jobs
from procurement.tenders import routes as tenders_routes
from procurement.tenders import routes_adjustments as tenders_adjustments
from procurement.tenders import routes_bill as tenders_bill
from procurement.tenders import routes_bundling as tenders_bundling
from procurement.tenders import routes_changes as tenders_changes
from procurement.tenders import routes_late as tenders_late
from procurement.tenders import routes_late_members as tenders_late_members
from procurement.tenders import routes_lineage as tenders_lineage
from procurement.tenders import routes_lot_rules as tenders_lot_rules
from procurement.tenders import routes_participation as tenders_participation
from procurement.tenders import routes_price_terms as tenders_price_terms
from procurement.tenders import routes_published as tenders_published
from procurement.tenders import routes_questions as tenders_questions
from procurement.tenders import routes_scales as tenders_scales
from procurement.tenders import routes_succession as tenders_succession
from procurement.tenders import routes_terms as tenders_terms
from procurement.tenders import routes_watch as tenders_watch
from procurement.workgroup import routes as workgroup_routes
from procurement.workgroup import routes_announcements as workgroup_announcements
from procurement.workgroup import routes_discussion as workgroup_discussion

# Modules of one feature share one blueprint; each is named, because importing it is what adds its routes.
ROUTES = (
    (home_routes, home_jobs, home_calendar, home_member_exit),
    (members_routes, members_accounts, members_import, members_own, members_succession),
    (audit_routes,),
    (catalogue_routes, catalogue_cpv),
    (
        demand_routes,
        demand_catalogue,
        demand_cockpit,
        demand_entry,
        demand_autosave,
        demand_wishes,
        demand_attachments,
        demand_history,
        demand_approval,
        demand_departments,
        demand_sheets,
    ),
    (workgroup_routes, workgroup_discussion, workgroup_announcements),
    (
        tenders_routes,
        tenders_bill,
        tenders_bundling,
        tenders_lineage,
        tenders_lot_rules,
        tenders_terms,
        tenders_price_terms,
        tenders_scales,
        tenders_succession,
        tenders_participation,
        tenders_published,
        tenders_questions,
        tenders_late_members,
        tenders_watch,
        tenders_adjustments,
        tenders_changes,
        tenders_late,
    ),
    (
        bids_routes,
        bids_single,
        bids_comparison,
        bids_opening,
        bids_firms,
        bids_figures,
        bids_negotiation,
        bids_tabulation,
    ),
    (examination_routes, examination_bid),
    (
        evaluation_routes,
        evaluation_panel,
        evaluation_takeover,
        evaluation_consensus,
        evaluation_award,
        evaluation_exclusion,
        evaluation_lots,
        evaluation_robustness,
        evaluation_laboratory,
    ),
    (awarding_routes, awarding_remedies, awarding_cancellation),
    (allocation_routes, allocation_changes, allocation_objections),
    (contracts_routes,),
    (documents_routes, documents_letters, documents_record, documents_file),
)

# What runs outside requests: importing a module registers its handlers and what happens every minute.
JOBS = (
    mail,
    demand_jobs,
    demand_sheet_jobs,
    tenders_jobs,
    bids_jobs,
    evaluation_lot_jobs,
    documents_comparison_jobs,
    documents_file_jobs,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for one installation; settings are read here and nowhere later."""
    chosen = settings or Settings.load()
    app = Application(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(Path(chosen.instance).resolve()),
    )
    app.config.from_mapping(_flask_settings(chosen))
    app.extensions["settings"] = chosen
    clock.install(app)
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    Babel(app, default_locale="de", default_timezone="Europe/Berlin")
    CSRFProtect(app)
    Compress(app)
    _sign_in(app)
    access.guard(app)
    failures.register(app)
    headers.register(app)
    filters.register(app)
    _templates(app, chosen)
    for first, *_further in ROUTES:
        app.register_blueprint(first.blueprint)
    cli.register(app)
    return app


def _flask_settings(chosen: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": chosen.secret_key,
        "SQLALCHEMY_DATABASE_URI": chosen.database_url,
        "MAX_CONTENT_LENGTH": chosen.upload_limit_bytes,
        "MAX_FORM_MEMORY_SIZE": chosen.upload_limit_bytes,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": chosen.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,
        # Only files that are the same for everybody: a compressed page would let its length tell about its secrets.
        "COMPRESS_MIMETYPES": ["text/css", "text/javascript", "image/svg+xml"],
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _sign_in(app: Flask) -> None:
    """Flask-Login with server-side sessions: the cookie holds a token, the loader asks the session table."""
    manager = LoginManager(app)
    manager.login_view = "members.login"
    manager.login_message = "Bitte melden Sie sich an."
    manager.session_protection = None
    manager.user_loader(members_queries.account_of_session)


def _templates(app: Flask, chosen: Settings) -> None:
    """Strict templates; what macros need is global, what only layouts need comes with the context."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"csrf_token": generate_csrf, "idempotency_key": idempotency.new_key}

    @app.context_processor
    def _layout() -> dict[str, Any]:
        account = current_user if current_user.is_authenticated else None
        return {
            "account": members_queries.shown_account(account) if account else None,
            "navigation": navigation.entries(),
            "account_menu": navigation.account_entries(),
            "footer_links": navigation.further_entries(),
            "association": members_queries.association(),
            "settings": chosen,
        }
