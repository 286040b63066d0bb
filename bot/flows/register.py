"""The table of contents of the chat: every capability, every button, every fact, and the commands."""

from bot.dialogue.chat import Chat
from bot.dialogue.engine import Engine
from bot.dialogue.facts import FactHandler
from bot.dialogue.flow import Register
from bot.dialogue.form_buttons import register_form_buttons
from bot.flows import pushes
from bot.flows.absences import AddAbsence, CloseHouse, absence_told, register_absence_buttons
from bot.flows.activity_buttons import register_activity_buttons
from bot.flows.add_client import AddClient
from bot.flows.add_note import AddNote
from bot.flows.add_trade_in import AddTradeIn
from bot.flows.assign_client import AssignClient, assigned_all, clients_moved, register_assign_buttons
from bot.flows.cancel_activity import CancelActivity
from bot.flows.cancel_order import register_cancel_order_buttons
from bot.flows.client_buttons import register_client_buttons
from bot.flows.client_edit import EditClient
from bot.flows.client_edit_buttons import register_client_edit_buttons
from bot.flows.close_lost import CloseLost
from bot.flows.close_won import CloseWon
from bot.flows.complete_activity import ActivityOutcome, CompleteActivity, EventOutcome
from bot.flows.configure import register_configure_buttons
from bot.flows.conversation import CONVERSATION, Inform
from bot.flows.create_offer import CreateOffer, SaveConfiguration, register_create_offer_buttons
from bot.flows.create_opportunity import CreateOpportunity
from bot.flows.deal_buttons import register_deal_buttons
from bot.flows.director_requests import (
    client_request,
    client_wanted,
    register_director_buttons,
    request_expired,
    request_refused,
)
from bot.flows.erase_client import erased, register_erase_buttons
from bot.flows.export_client import exported, register_export_buttons
from bot.flows.forwarded_buttons import register_forwarded_buttons
from bot.flows.handovers import client_given, client_taken
from bot.flows.import_customers import import_preview, import_result, register_import_buttons
from bot.flows.invite_agent import InviteAgent, JoinLink
from bot.flows.list_clients import ListClients
from bot.flows.list_opportunities import ListOpportunities, register_deal_list_buttons
from bot.flows.list_team import ListTeam
from bot.flows.log_activity import LogActivity
from bot.flows.menu_buttons import openers, register_menu_buttons
from bot.flows.merge_client import MergeClient, register_merge_buttons
from bot.flows.offers import (
    ListOffers,
    ShowOffer,
    UpdateOffer,
    offer_approval,
    offer_decided,
    offer_expired,
    offer_made,
    register_offer_buttons,
)
from bot.flows.order_buttons import register_order_buttons
from bot.flows.order_car import register_order_car_buttons
from bot.flows.order_lists import CancelOrder, ReassignOrder, ShowOrders, register_order_list_buttons
from bot.flows.order_news import car_reserved, job_failed, order_news, reservation_ended
from bot.flows.orders import OrderDetail, OrderFleet, OrderNewCar
from bot.flows.request_client import RequestClient, register_request_buttons
from bot.flows.request_report import RequestReport, contacts_told, register_report_buttons, report_result
from bot.flows.reschedule_activity import RescheduleActivity
from bot.flows.schedule_activity import ScheduleActivity
from bot.flows.set_preference import SetPreference
from bot.flows.show_agenda import ShowAgenda
from bot.flows.show_client import ShowClient
from bot.flows.show_forecast import ShowForecast, forecast_picture
from bot.flows.show_overdue import ShowOverdue
from bot.flows.stock import OrderStock, SearchStock, register_stock_buttons
from bot.flows.subscribe_report import SubscribeReport, due_report, register_subscription_buttons
from bot.flows.team_buttons import back_in, deputy_named, register_team_buttons
from bot.flows.update_client import UpdateClient
from bot.flows.update_opportunity import UpdateOpportunity
from bot.understanding.service import Understander

FACTS: dict[str, FactHandler] = {
    "absence_told": absence_told,
    "back_in": back_in,
    "deputy_named": deputy_named,
    "agenda": pushes.agenda,
    "reminder": pushes.reminder,
    "todo": pushes.todo,
    "report": report_result,
    "contacts_told": contacts_told,
    "subscription": due_report,
    "forecast_chart": forecast_picture,
    "assign_clients": assigned_all,
    "client_given": client_given,
    "client_request": client_request,
    "client_taken": client_taken,
    "client_wanted": client_wanted,
    "clients_moved": clients_moved,
    "erase_customer": erased,
    "export_customer": exported,
    "import_customers": import_result,
    "import_preview": import_preview,
    "offer_approval": offer_approval,
    "offer_decided": offer_decided,
    "offer_document": offer_made,
    "offer_expired": offer_expired,
    "order_news": order_news,
    "car_reserved": car_reserved,
    "reservation_ended": reservation_ended,
    "launch_order": job_failed,
    "cancel_order": job_failed,
    "reassign_order": job_failed,
    "reserve_car": job_failed,
    "release_car": job_failed,
    "request_expired": request_expired,
    "request_refused": request_refused,
}


def build_chat(understander: Understander, *, join_link: JoinLink | None = None) -> Chat:
    """Put the chat together; `join_link` gives the address that carries an invitation's code."""
    register = Register()
    engine = Engine(register)
    show_client, show_agenda = ShowClient(), ShowAgenda()
    register.add(
        AddClient(),
        show_client,
        ListClients(),
        UpdateClient(),
        EditClient(),
        AddTradeIn(),
        MergeClient(),
        RequestClient(),
        AssignClient(),
        ListTeam(),
        InviteAgent(join_link),
        AddAbsence(),
        CloseHouse(),
        AddNote(),
        ScheduleActivity(),
        LogActivity(),
        CompleteActivity(engine),
        ActivityOutcome(),
        EventOutcome(),
        RescheduleActivity(),
        CancelActivity(),
        show_agenda,
        ShowOverdue(),
        SetPreference(),
        CreateOpportunity(),
        UpdateOpportunity(),
        CloseWon(),
        CloseLost(),
        ListOpportunities(),
        ShowForecast(),
        CreateOffer(),
        SaveConfiguration(),
        UpdateOffer(),
        ShowOffer(),
        ListOffers(),
        OrderNewCar(),
        OrderFleet(),
        OrderStock(),
        OrderDetail(),
        SearchStock(),
        ShowOrders(),
        CancelOrder(),
        ReassignOrder(),
        RequestReport(),
        SubscribeReport(),
        Inform(show_client, show_agenda),
        *CONVERSATION,
    )
    register_form_buttons(register, engine)
    register_activity_buttons(register, engine)
    register_client_buttons(register, engine)
    register_client_edit_buttons(register, engine)
    register_merge_buttons(register, engine)
    register_request_buttons(register)
    register_assign_buttons(register, engine)
    register_director_buttons(register)
    register_team_buttons(register, engine)
    register_absence_buttons(register, engine)
    register_export_buttons(register)
    register_erase_buttons(register)
    register_import_buttons(register)
    register_deal_buttons(register, engine)
    register_deal_list_buttons(register, engine)
    register_report_buttons(register, engine)
    register_subscription_buttons(register, engine)
    register_configure_buttons(register, engine)
    register_create_offer_buttons(register, engine)
    register_offer_buttons(register)
    register_order_car_buttons(register, engine)
    register_order_buttons(register, engine)
    register_cancel_order_buttons(register)
    register_order_list_buttons(register)
    register_stock_buttons(register, engine)
    register_menu_buttons(register, engine)
    register_forwarded_buttons(register, engine)
    return Chat(register=register, engine=engine, understander=understander, commands=openers(engine), facts=FACTS)
