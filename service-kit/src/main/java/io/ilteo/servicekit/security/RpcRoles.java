package io.ilteo.servicekit.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The role that each RPC needs: the one table. */
public final class RpcRoles {
  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    String study = "ilteo.tuner.v1.StudyService";
    viewer(study, "GetStudy", "ListStudies", "WatchStudy", "ListAuditEvents", "ListTasks");
    viewer(study, "ReplayStudy");
    operator(study, "CreateStudy", "UpdateStudy", "StartStudy", "PauseStudy", "StopStudy");
    operator(study, "ConfirmWinners");
    admin(study, "DeleteStudy", "PromoteTrial");

    String trial = "ilteo.tuner.v1.TrialService";
    viewer(trial, "GetTrial", "ListTrials", "ListMeasurements");
    operator(trial, "AskTrial", "ReportMeasurements", "TellTrial", "ReleaseTrial");
    operator(trial, "EnqueueTrials", "ImportTrials");

    String analysis = "ilteo.tuner.v1.AnalysisService";
    viewer(analysis, "GetHistory", "GetImportance", "GetPoints", "GetCurves", "GetTimeline");
    viewer(analysis, "GetParetoFront", "GetTerminatorCurve");
    viewer("ilteo.tuner.v1.ReportService", "GenerateReport");

    String training = "ilteo.model.v1.TrainingService";
    viewer(training, "DescribeTask");
    operator(training, "Train", "EvaluateBaselines", "Evaluate", "MeasureImportance");

    String registry = "ilteo.model.v1.ModelRegistryService";
    viewer(registry, "GetModelVersion", "ListModelVersions", "ListAliases", "ListAliasEvents");
    operator(registry, "RegisterModelVersion");
    admin(registry, "SetAlias", "RollBackAlias", "DeleteModelVersion");

    String panel = "ilteo.panel.v1.PanelService";
    viewer(panel, "GetPanel", "ListPanels", "ListMappings", "DescribePanel");
    operator(panel, "ImportPanel", "PreviewPanel", "SynthesizePanel");
    admin(panel, "DeletePanel");

    viewer("ilteo.wage.v1.WageService", "PredictWages", "StreamPredictWages");
    viewer(
        "ilteo.satisfaction.v1.SatisfactionService",
        "PredictSatisfaction",
        "StreamPredictSatisfaction");

    String inference = "inference.GRPCInferenceService";
    viewer(inference, "ServerLive", "ServerReady", "ServerMetadata", "ModelReady");
    viewer(inference, "ModelMetadata", "ModelInfer");

    admin("ilteo.security.v1.TokenService", "CreateToken", "ListTokens", "RevokeToken");
    viewer("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo");
    viewer("grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo");
  }

  private RpcRoles() {}

  /** Whether everybody may call it: the health check says nothing but up or down. */
  static boolean isPublic(String fullMethodName) {
    return fullMethodName.startsWith("grpc.health.v1.Health/");
  }

  /** The role that an RPC needs, if the table has it. */
  static Optional<Role> declared(String fullMethodName) {
    return Optional.ofNullable(ROLES.get(fullMethodName));
  }

  /** The role that an RPC needs; one that the table does not have is for admins. */
  static Role needed(String fullMethodName) {
    return declared(fullMethodName).orElse(Role.ADMIN);
  }

  private static void viewer(String service, String... methods) {
    put(service, Role.VIEWER, methods);
  }

  private static void operator(String service, String... methods) {
    put(service, Role.OPERATOR, methods);
  }

  private static void admin(String service, String... methods) {
    put(service, Role.ADMIN, methods);
  }

  private static void put(String service, Role role, String... methods) {
    for (String method : methods) {
      ROLES.put(service + "/" + method, role);
    }
  }
}
