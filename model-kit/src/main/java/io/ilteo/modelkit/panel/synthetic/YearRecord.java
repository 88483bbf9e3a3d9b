package io.ilteo.modelkit.panel.synthetic;

/** One person in one year, as it is; what they report of it comes later. */
final class YearRecord {
  int year;
  int age;
  int education;
  boolean employed;
  boolean wageWorker;
  int jobStatus;
  int industry;
  int occupation;
  int firmSize;
  boolean regular;
  int hours;
  int jobBeginYear;
  int maritalStatus;
  int region;
  int health;
  boolean unionMember;
  double wageScore;
  double satisfactionScore;

  /** Monthly earnings, 만원, exact; 0 where not employed. */
  double earnings;

  /** KLIPS code 1 very satisfied … 5 very dissatisfied; 0 where not employed. */
  int satisfaction;

  final int[] facets = new int[9];
  int taskSatisfaction;
  int lifeSatisfaction;
  int educationFit;
  int skillFit;
}
