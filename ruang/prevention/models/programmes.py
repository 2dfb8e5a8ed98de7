"""What is taught, and what is asked before and after."""

from django.db import models
from django.db.models import Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.prevention.states import Unit


class Programme(models.Model):
    """What is taught: to whom, how long, how often each RW, school or community needs it.

    ``topics_english`` has the same topics in the same order; "" or nothing where none is said.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    english = models.CharField(max_length=80, blank=True)
    about = models.TextField(blank=True)
    about_english = models.TextField(blank=True)
    unit = models.CharField(max_length=9, choices=Unit)
    audiences = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    topics_english = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=90)
    facilitators = models.PositiveSmallIntegerField(default=2)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    classes = FieldClasses(
        public=("id", "name", "english", "about", "about_english", "unit", "audiences",
                "topics", "topics_english", "minutes", "facilitators", "every_months",
                "is_active"),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="programme_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="programme_takes_time",
                condition=Q(minutes__gte=15, facilitators__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question asked before and after a session; a changed wording is a new question."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="questions")
    topic = models.CharField(max_length=60)
    text = models.CharField(max_length=200)
    english = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list)
    choices_english = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    classes = FieldClasses(
        public=("id", "programme", "topic", "text", "english", "choices", "choices_english",
                "place"),
        coded=("right", "is_active", "form_tag"),
        retention="the installation",
    )  # fmt: skip


class Material(models.Model):
    """Something to teach with; its newest version is used, the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        public=("id", "programme", "title", "is_active"), coded=("ended_at",),
        retention="the installation",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="material_has_a_title", condition=~Q(title=""))
        ]


class MaterialFile(models.Model):
    """The bytes of a teaching material, once, under their SHA-256. It is public: not sealed."""

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    classes = FieldClasses(public=("digest", "data"), retention="the installation")


class MaterialVersion(models.Model):
    """One version of a material."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(MaterialFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    classes = FieldClasses(
        public=("id", "material", "number", "file", "name", "kind", "size"),
        coded=("at", "by", "form_tag"),
        retention="the installation",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_version_once")
        ]
