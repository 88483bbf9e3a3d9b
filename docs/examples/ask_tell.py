"""Tune any Python function with Ilteo: ask, tell. Needs: pip install grpcio-tools

python -m grpc_tools.protoc -I proto/src/main/proto --python_out=. --grpc_python_out=. \
    $(find proto/src/main/proto -name '*.proto')
python docs/examples/ask_tell.py
"""
import time

import grpc
from ilteo.model.v1 import training_service_pb2 as model
from ilteo.search.v1 import search_space_pb2 as search
from ilteo.tuner.v1 import study_service_pb2 as study_pb
from ilteo.tuner.v1 import study_service_pb2_grpc, trial_service_pb2_grpc
from ilteo.tuner.v1 import trial_service_pb2 as trial_pb


def loss(x, y):
    return (x - 1) ** 2 + (y + 2) ** 2


def real(name):
    return search.ParameterSpec(name=name, double_domain=search.DoubleDomain(min=-5, max=5, scale=search.SCALE_LINEAR))


channel = grpc.insecure_channel("127.0.0.1:9000")
studies = study_service_pb2_grpc.StudyServiceStub(channel)
trials = trial_service_pb2_grpc.TrialServiceStub(channel)
spec = study_pb.StudySpec(
    search_space=search.SearchSpace(parameters=[real("x"), real("y")]),
    objectives=[study_pb.Objective(metric="loss", direction=model.DIRECTION_MINIMIZE)], budget=50, seed=1)
name = studies.CreateStudy(study_pb.CreateStudyRequest(display_name="from Python", spec=spec, start=True)).study.name
while True:
    try:
        ask = trials.AskTrial(trial_pb.AskTrialRequest(study=name, worker="python"))
    except grpc.RpcError as refused:
        if refused.code() == grpc.StatusCode.RESOURCE_EXHAUSTED:  # every slot is taken: ask again later
            time.sleep(0.2)
            continue
        break  # FAILED_PRECONDITION: the study has ended
    values = {p.name: p.value.double_value for p in ask.trial.parameters}
    done = trial_pb.TellTrialRequest.Completed(metrics=[model.MetricValue(name="loss", value=loss(**values))])
    trials.TellTrial(trial_pb.TellTrialRequest(attempt=ask.attempt, token=ask.token, completed=done))
progress = studies.GetStudy(study_pb.GetStudyRequest(name=name)).study.progress
print(progress.completed, "trials; best", progress.best_trial, list(progress.best_values))
