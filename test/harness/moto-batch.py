"""moto's server, whose AWS Batch also runs jobs of several containers (ecsProperties): really, by the Docker daemon of
DOCKER_HOST, as ECS would. There is a compute environment "fargate". Each description of a job is checked against AWS's
own model of the API."""

import json
import time
from datetime import datetime, timedelta

import botocore.session
import docker
from botocore.validate import ParamValidator
from docker.types import Mount
from moto.batch.exceptions import ClientException
from moto.batch.models import BatchBackend, ComputeEnvironment, Job, JobStatus, batch_backends
from moto.batch.responses import BatchResponse
from moto.server import main

ACCOUNT, REGION = "123456789012", "us-east-1"
model = botocore.session.get_session().get_service_model("batch")
register = BatchResponse.registerjobdefinition
describe = Job.describe


def registerjobdefinition(self):
    body = json.loads(self.body)
    problems = ParamValidator().validate(body, model.operation_model("RegisterJobDefinition").input_shape)
    if problems.has_errors():
        raise ClientException(problems.generate_report())
    task = body["ecsProperties"]["taskProperties"][0]
    for container in task["containers"]:
        amounts = {one["type"]: float(one["value"]) for one in container["resourceRequirements"]}
        if amounts["MEMORY"] < 4 or amounts["VCPU"] <= 0:
            raise ClientException(f"{container['name']}: too little: {amounts}")
    amounts = [{"type": "MEMORY", "value": "4"}, {"type": "VCPU", "value": "1"}]
    body["containerProperties"] = {"image": "none", "resourceRequirements": amounts, "task": task}
    self.body = json.dumps(body)
    return register(self)


def run(self):
    task = self.job_definition.container_properties["task"]
    for state in (JobStatus.SUBMITTED, JobStatus.PENDING, JobStatus.RUNNABLE, JobStatus.STARTING):
        self.advance()
        while self.status == state:
            time.sleep(0.05)
    self.job_started_at = datetime.now()
    self._start_attempt()
    started = []
    volume = self.docker_client.volumes.create()
    try:
        for one in task["containers"]:
            started.append((one, start(self.docker_client, volume, one)))
        follow(self, started)
        succeeded = all(self.ended[one["name"]]["exitCode"] == 0 for one, _ in started if one["essential"])
        if not self.job_stopped_reason:
            self.job_stopped_reason = "Essential container in task exited"
        self._mark_stopped(success=succeeded and not self.stop)
    except docker.errors.ImageNotFound as error:
        self.job_stopped_reason = f"CannotPullContainerError: {error.explanation}"
        self._mark_stopped(success=False)
    finally:
        for _, container in started:
            container.remove(force=True)
        volume.remove(force=True)


def start(client, volume, one):
    memory = next(amount["value"] for amount in one["resourceRequirements"] if amount["type"] == "MEMORY")
    container = client.containers.create(
        one["image"],
        one["command"],
        entrypoint=[],
        user=one.get("user"),
        mem_limit=f"{memory}m",
        network_mode="host",
        mounts=[Mount(point["containerPath"], volume.name, type="volume") for point in one["mountPoints"]],
    )
    container.start()
    return container


def follow(job, started):
    latest = job.job_started_at + timedelta(seconds=job.job_definition.timeout["attemptDurationSeconds"])
    told_at = None
    while True:
        time.sleep(0.05)
        running = []
        for one, container in started:
            container.reload()
            if container.status == "running":
                running.append((one, container))
            else:
                state = container.attrs["State"]
                job.ended[one["name"]] = {"name": one["name"], "exitCode": state["ExitCode"]}
                if state["OOMKilled"]:
                    job.ended[one["name"]]["reason"] = "OutOfMemoryError: Container killed due to memory usage"
        if not running:
            return
        if datetime.now() > latest:
            job.job_stopped_reason = "Job attempt duration exceeded timeout"
        over = any(one["essential"] and one["name"] in job.ended for one, _ in started)
        if not (over or job.stop or datetime.now() > latest):
            continue
        if told_at is None:
            told_at = time.time()
            send(running, "SIGTERM")
        send([(one, it) for one, it in running if time.time() > told_at + one["stopTimeout"]], "SIGKILL")


def send(containers, name):
    for _, container in containers:
        try:
            container.kill(name)
        except docker.errors.APIError:
            pass


def described(self):
    containers = list(self.ended.values())
    return {**describe(self), "ecsProperties": {"taskProperties": [{"containers": containers}]}}


class Ended:
    """Of each job: what became of its containers."""

    def __get__(self, job, _):
        return job.__dict__.setdefault("_ended", {})


BatchResponse.registerjobdefinition = registerjobdefinition
Job.run, Job.describe, Job.ended = run, described, Ended()
backend: BatchBackend = batch_backends[ACCOUNT][REGION]
resources = {"type": "FARGATE", "maxvCpus": 16, "subnets": ["subnet-1"], "securityGroupIds": []}
environment = ComputeEnvironment("fargate", "MANAGED", "ENABLED", resources, "role", ACCOUNT, REGION)
environment.set_ecs(f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/fargate", "fargate")
backend._compute_environments[environment.arn] = environment
main()
