"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.judgement.enforcement.views import campaigns, cases, mine, penalties, rewards

app_name = "enforcement"

urlpatterns = [
    path("enforcement/", cases.home, name="home"),
    path("enforcement/new/", cases.new, name="new"),
    path("enforcement/take-over/", cases.take_over, name="take_over"),
    path("enforcement/cases/<int:number>/", cases.case, name="case"),
    path("enforcement/cases/<int:number>/move/<slug:code>/", cases.move, name="move"),
    path("enforcement/cases/<int:number>/decide/", cases.decide, name="decide"),
    path("enforcement/cases/<int:number>/tip/", cases.tip, name="tip"),
    path("enforcement/cases/<int:number>/papers/<slug:code>.<slug:form>", cases.paper, name="paper"),
    path("enforcement/penalties/", penalties.penalties, name="penalties"),
    path("enforcement/penalties/<int:number>/", penalties.penalty, name="penalty"),
    path("enforcement/penalties/<int:number>/<slug:verb>/", penalties.act, name="penalty_act"),
    path("enforcement/campaigns/", campaigns.campaigns, name="campaigns"),
    path("enforcement/campaigns/new/", campaigns.new, name="new_campaign"),
    path("enforcement/campaigns/<slug:code>/", campaigns.campaign, name="campaign"),
    path("enforcement/campaigns/<slug:code>/<slug:verb>/", campaigns.act, name="campaign_act"),
    path("enforcement/rewards/", rewards.rewards, name="rewards"),
    path("enforcement/rewards/<slug:number>/", rewards.reward, name="reward"),
    path("enforcement/rewards/<slug:number>/open/", rewards.open_seal, name="open_seal"),
    path("enforcement/rewards/<slug:number>/<slug:verb>/", rewards.act, name="reward_act"),
    path("enforcement/mine/", mine.mine, name="mine"),
    path("enforcement/mine/<int:number>/", mine.case, name="my_case"),
    path("enforcement/mine/<int:number>/papers/<slug:code>.<slug:form>", mine.paper, name="my_paper"),
    path("enforcement/mine/<int:number>/<slug:code>/", mine.speak, name="speak"),
]
