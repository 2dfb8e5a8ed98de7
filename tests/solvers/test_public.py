"""Public instances are read in the layouts in which they are published."""

from pathlib import Path

from benchmarks import public

CORDEAU = """4 2 2 1
0 200
 0 40.00 50.00 0.00 0.00 0 0 0 1236
 1 45.00 68.00 90.00 10.00 1 1 1 912 967
 2 43.00 54.00 90.00 30.00 1 4 1 2 4 8 825 870
"""
SOLOMON = """c1

VEHICLE
NUMBER     CAPACITY
  25         200

CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME
    0      40         50          0          0       1236          0
    1      45         68         10        912        967         90
    2      43         54         30        825        870         90
"""


def test_both_layouts_of_a_day_are_the_same_instance(tmp_path: Path) -> None:
    one, other = public.outing(CORDEAU, 3), public.outing(SOLOMON, 3)
    assert one.instance == other.instance
    assert [visit.prize for visit in one.visits] == [10, 30]
    assert (one.shifts[0].latest, len(one.shifts)) == (1236, 3)
    assert one.travel[0, 2] == 5.0
    assert one.travel[0, 1] == 18.6  # 18.68 cut off

    (tmp_path / "toptw").mkdir()
    (tmp_path / "toptw" / "pr01.txt").write_text(CORDEAU)
    (tmp_path / "toptw" / "published.csv").write_text(
        "instance,vehicles,best,average,worst\npr01,2,40.0,39.5,39\npr02,1,10,10,10\n"
    )
    assert [(o.name, o.vehicles, o.best) for o in public.outings(tmp_path)] == [
        ("pr01", 2, 40.0)
    ]


def test_of_two_edges_the_last_counts(tmp_path: Path) -> None:
    (tmp_path / "pmed1.txt").write_text(" 3 3 1\n 1 2 5\n 2 3 7\n 1 2 9\n")
    (tmp_path / "pmed2.txt").write_text(" 3 1 1\n 1 2 5\n")
    (tmp_path / "pmedopt.txt").write_text("Data file   Optimal solution value\npmed1 16\n")
    (found,) = public.networks(tmp_path)
    assert (found.name, found.p, found.best) == ("pmed1", 1, 16.0)
    assert found.costs.tolist() == [[0, 9, 16], [9, 0, 7], [16, 7, 0]]
